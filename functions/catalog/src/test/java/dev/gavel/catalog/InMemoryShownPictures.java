package dev.gavel.catalog;

import dev.gavel.kernel.PictureId;
import dev.gavel.kernel.UserId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The in-memory twin of {@link DynamoShownPictures}, held to the same contract.
final class InMemoryShownPictures implements ShownPictures {

    private record Shown(PictureId id, UserId owner) {}

    private final Map<String, Shown> shown = new HashMap<>();

    @Override
    public synchronized void add(String key, PictureId id, UserId owner) {
        shown.put(key, new Shown(id, owner));
    }

    @Override
    public synchronized void remove(String key, PictureId id) {
        shown.computeIfPresent(key, (_, known) -> known.id().equals(id) ? null : known);
    }

    @Override
    public synchronized List<String> unknown(UserId owner, List<String> keys) {
        return keys.stream()
                .filter(key -> !key.startsWith(OURS))
                .filter(key -> shown.get(key) == null || !shown.get(key).owner().equals(owner))
                .toList();
    }
}
