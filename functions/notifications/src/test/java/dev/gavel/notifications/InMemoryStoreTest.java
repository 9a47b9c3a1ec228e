package dev.gavel.notifications;

class InMemoryStoreTest implements StoreContract {

    private final InMemoryStore store = new InMemoryStore();

    @Override
    public Notices notices() {
        return store.notices;
    }

    @Override
    public Deliveries deliveries() {
        return store.deliveries;
    }

    @Override
    public Readers readers() {
        return store.readers;
    }

    @Override
    public Titles titles() {
        return store.titles;
    }
}
