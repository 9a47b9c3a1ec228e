package dev.gavel.media;

import dev.gavel.imaging.Variant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The in-memory twin of {@link S3PictureFiles}, held to the same contract.
final class InMemoryPictureFiles implements PictureFiles {

    final Map<String, byte[]> uploads = new ConcurrentHashMap<>();
    final Map<String, byte[]> shown = new ConcurrentHashMap<>();

    @Override
    public Optional<byte[]> upload(String object, int most) {
        return Optional.ofNullable(uploads.get(object))
                .map(bytes -> Arrays.copyOf(bytes, Math.min(bytes.length, most)));
    }

    @Override
    public void discard(String object) {
        uploads.remove(object);
    }

    @Override
    public void show(String key, Map<Variant, byte[]> variants) {
        variants.forEach((variant, bytes) -> shown.put(key + "/" + variant.file(), bytes));
    }

    @Override
    public void hide(String key) {
        shown.keySet().removeIf(name -> name.startsWith(key + "/"));
    }
}
