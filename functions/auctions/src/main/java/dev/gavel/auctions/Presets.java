package dev.gavel.auctions;

import dev.gavel.events.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.type.TypeReference;

/// The published rules a seller chooses from, kept as data in `presets.json`.
final class Presets {

    private final List<Rules> presets;

    Presets(List<Rules> presets) {
        this.presets = List.copyOf(presets);
    }

    static Presets published() {
        try (InputStream json = Presets.class.getResourceAsStream("/presets.json")) {
            if (json == null) {
                throw new IllegalStateException("presets.json is missing from the class path");
            }
            return new Presets(
                    Json.STRICT.forType(new TypeReference<List<Rules>>() {}).readValue(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<Rules> find(String name) {
        return presets.stream().filter(rules -> rules.preset().equals(name)).findFirst();
    }

    Set<String> names() {
        Set<String> names = new TreeSet<>();
        presets.forEach(rules -> names.add(rules.preset()));
        return names;
    }
}
