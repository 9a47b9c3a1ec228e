package dev.gavel.runtime;

import java.util.Map;
import java.util.TreeMap;

/// How to start one host: which function (the bean name; several as `a,b`), on which port (0 takes a free
/// one), and settings that win over the environment.
public record HostOptions(String definition, int port, Map<String, String> settings) {

    public HostOptions {
        settings = Map.copyOf(settings);
    }

    /// One function on a free port of the loopback interface, with the settings of the environment.
    public static HostOptions of(String definition) {
        return new HostOptions(definition, 0, Map.of());
    }

    /// The same with one more setting.
    public HostOptions with(String setting, String value) {
        Map<String, String> more = new TreeMap<>(settings);
        more.put(setting, value);
        return new HostOptions(definition, port, more);
    }
}
