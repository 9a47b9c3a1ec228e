package dev.gavel.auctions;

class InMemoryAuctionsTest implements AuctionsContract {

    @Override
    public Auctions auctions() {
        return new InMemoryAuctions();
    }
}
