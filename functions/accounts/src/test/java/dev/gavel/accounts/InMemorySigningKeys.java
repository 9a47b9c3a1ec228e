package dev.gavel.accounts;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The twin of `DynamoSigningKeys`.
final class InMemorySigningKeys implements SigningKeys {

    private final Map<Long, SigningKey> keys = new ConcurrentHashMap<>();

    @Override
    public KeyRing ring() {
        return new KeyRing(List.copyOf(keys.values()));
    }

    @Override
    public boolean add(SigningKey key) {
        return keys.putIfAbsent(key.generation(), key) == null;
    }

    @Override
    public void remove(SigningKey key) {
        keys.remove(key.generation());
    }
}
