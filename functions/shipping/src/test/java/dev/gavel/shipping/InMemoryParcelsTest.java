package dev.gavel.shipping;

class InMemoryParcelsTest implements ParcelsContract {

    @Override
    public Parcels parcels() {
        return new InMemoryParcels();
    }
}
