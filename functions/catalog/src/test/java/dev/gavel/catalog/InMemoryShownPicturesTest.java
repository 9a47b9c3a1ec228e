package dev.gavel.catalog;

class InMemoryShownPicturesTest implements ShownPicturesContract {

    @Override
    public ShownPictures pictures() {
        return new InMemoryShownPictures();
    }
}
