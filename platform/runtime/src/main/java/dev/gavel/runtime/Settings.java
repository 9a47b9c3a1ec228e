package dev.gavel.runtime;

import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The settings of one host, by the name of their environment variable. An empty value counts as missing;
/// what is missing or malformed is reported with its name and what to put there.
public final class Settings {

    private final Function<String, @Nullable String> source;
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    private Settings(Function<String, @Nullable String> source) {
        this.source = source;
    }

    /// The environment of this process beneath the given values.
    public static Settings of(Map<String, String> overrides) {
        Map<String, String> values = Map.copyOf(overrides);
        return new Settings(name -> values.containsKey(name) ? values.get(name) : System.getenv(name));
    }

    public Optional<String> find(String name) {
        asked.add(name);
        String value = source.apply(name);
        return value == null || value.isBlank() ? Optional.empty() : Optional.of(value.strip());
    }

    /// The names of every setting that was asked for so far, whether it was there or not: what a manifest may set.
    public Set<String> asked() {
        return new TreeSet<>(asked);
    }

    /// @throws CannotStart when it is missing
    public String text(String name) {
        return find(name).orElseThrow(() -> new CannotStart("The setting " + name + " is missing: set it."));
    }

    public String text(String name, String fallback) {
        return find(name).orElse(fallback);
    }

    /// A whole number from 0.
    ///
    /// @throws CannotStart when it is there but no such number
    public int number(String name, int fallback) {
        return find(name)
                .map(value -> parse(name, value, "a whole number such as " + fallback, text -> {
                    int number = Integer.parseInt(text);
                    if (number < 0) {
                        throw new NumberFormatException("negative");
                    }
                    return number;
                }))
                .orElse(fallback);
    }

    /// A positive length of time in ISO 8601, such as `PT20S`, or as a number of seconds, such as `20` or
    /// `0.5`.
    ///
    /// @throws CannotStart when it is there but no such duration
    public Duration duration(String name, Duration fallback) {
        return find(name)
                .map(value -> parse(name, value, "a duration in seconds such as 20", text -> {
                    Duration duration =
                            Duration.parse(text.startsWith("P") || text.startsWith("p") ? text : "PT" + text + "S");
                    if (!duration.isPositive()) {
                        throw new NumberFormatException("not positive");
                    }
                    return duration;
                }))
                .orElse(fallback);
    }

    /// A part of a whole, from 0 to 1.
    ///
    /// @throws CannotStart when it is there but no such number
    public double share(String name, double fallback) {
        return find(name)
                .map(value -> parse(name, value, "a number from 0 to 1 such as " + fallback, text -> {
                    double share = Double.parseDouble(text);
                    if (!(share >= 0 && share <= 1)) {
                        throw new NumberFormatException("no share");
                    }
                    return share;
                }))
                .orElse(fallback);
    }

    /// An absolute http or https address.
    ///
    /// @throws CannotStart when it is missing or no such address
    public URI address(String name) {
        return parse(name, text(name), "an http or https address", text -> {
            URI address = URI.create(text);
            if (address.getHost() == null
                    || !("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
                throw new NumberFormatException("not absolute");
            }
            return address;
        });
    }

    private static <T> T parse(String name, String value, String wanted, Function<String, T> parser) {
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new CannotStart("The setting " + name + " must be " + wanted + ", but it is \"" + value + "\".", e);
        }
    }
}
