package dev.gavel.bench;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The options of a command line, each `--name value`.
record Arguments(Map<String, String> values) {

    /// A command line that cannot be understood; the message says what to write instead.
    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1;

        Wrong(String message) {
            super(message);
        }
    }

    /// @throws Wrong when an option is unknown or has no value
    static Arguments of(List<String> line, Set<String> known) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < line.size(); i += 2) {
            String name = line.get(i).startsWith("--") ? line.get(i).substring(2) : "";
            if (!known.contains(name) || i + 1 == line.size()) {
                throw new Wrong("Cannot understand \"" + line.get(i)
                        + "\": give options as --name value, with a name of " + new TreeSet<>(known) + ".");
            }
            values.put(name, line.get(i + 1));
        }
        return new Arguments(Map.copyOf(values));
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /// @throws Wrong when it is missing
    String text(String name) {
        return find(name).orElseThrow(() -> new Wrong("The option --" + name + " is missing."));
    }

    URI address(String name) {
        return URI.create(text(name));
    }

    Path path(String name) {
        return Path.of(text(name));
    }

    /// A positive number.
    ///
    /// @throws Wrong when it is none
    int number(String name, int fallback) {
        String text = find(name).orElse(Integer.toString(fallback));
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new Wrong("The option --" + name + " is a whole number from 1, not \"" + text + "\".");
        }
        return Integer.parseInt(text);
    }

    /// A length of time given in seconds.
    Duration seconds(String name, Duration fallback) {
        return Duration.ofSeconds(number(name, Math.toIntExact(fallback.toSeconds())));
    }
}
