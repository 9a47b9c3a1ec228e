package dev.gavel.bench;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The options of a command line, each `--name value`, or `--name` alone where it is a flag.
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
        return of(line, known, Set.of());
    }

    /// @param flags the names that have no value
    /// @throws Wrong when an option is unknown or has no value
    static Arguments of(List<String> line, Set<String> known, Set<String> flags) {
        Map<String, String> values = new HashMap<>();
        Iterator<String> words = line.iterator();
        while (words.hasNext()) {
            String word = words.next();
            String name = word.startsWith("--") ? word.substring(2) : "";
            if (flags.contains(name)) {
                values.put(name, "");
            } else if (known.contains(name) && words.hasNext()) {
                values.put(name, words.next());
            } else {
                throw new Wrong("Cannot understand \"" + word + "\": give options as --name value, with a name of "
                        + new TreeSet<>(known)
                        + (flags.isEmpty() ? "." : ", or one of " + new TreeSet<>(flags) + " alone."));
            }
        }
        return new Arguments(Map.copyOf(values));
    }

    boolean has(String flag) {
        return values.containsKey(flag);
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
