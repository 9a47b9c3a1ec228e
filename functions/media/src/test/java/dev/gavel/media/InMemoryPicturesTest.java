package dev.gavel.media;

class InMemoryPicturesTest implements PicturesContract {

    @Override
    public Pictures pictures() {
        return new InMemoryPictures();
    }
}
