package dev.gavel.broker;

import java.time.ZoneId;
import java.util.Map;

/// Sends one event at every tick of a schedule. `data` may be empty; `extensions` are added to each event.
public record PingSource(
        String namespace,
        String name,
        Cron schedule,
        ZoneId zone,
        String contentType,
        byte[] data,
        Map<String, String> extensions,
        Destination sink) {
    /// The `source` attribute of its events.
    public String source() {
        return "/apis/v1/namespaces/" + namespace + "/pingsources/" + name;
    }
}
