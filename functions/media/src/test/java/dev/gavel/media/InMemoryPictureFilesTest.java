package dev.gavel.media;

class InMemoryPictureFilesTest implements PictureFilesContract {

    private final InMemoryPictureFiles files = new InMemoryPictureFiles();

    @Override
    public PictureFiles files() {
        return files;
    }

    @Override
    public void upload(String object, byte[] bytes) {
        files.uploads.put(object, bytes);
    }

    @Override
    public byte[] shown(String name) {
        return files.shown.getOrDefault(name, new byte[0]);
    }
}
