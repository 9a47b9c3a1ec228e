package dev.gavel.auctions;

class InMemoryOffersTest implements OffersContract {

    @Override
    public Offers offers() {
        return new InMemoryOffers();
    }
}
