package dev.gavel.notifications;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Where pushes may be sent. An endpoint comes from a browser and could lead anywhere, also into our own network;
/// browsers use the services of four vendors, so nothing else is taken.
final class PushHosts {

    private static final List<String> VENDORS = List.of(
            "fcm.googleapis.com", "updates.push.services.mozilla.com", "web.push.apple.com", "notify.windows.com");

    private final Set<String> more;

    /// @param more further hosts, separated by commas, that may be called without TLS and at any port, such as
    /// `127.0.0.1` on one machine
    PushHosts(String more) {
        this.more = Arrays.stream(more.split(","))
                .map(String::strip)
                .filter(host -> !host.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    boolean allow(URI endpoint) {
        String host = endpoint.getHost();
        if (host == null || endpoint.getUserInfo() != null || endpoint.getFragment() != null) {
            return false;
        }
        String name = host.toLowerCase(Locale.ROOT);
        if (more.contains(name)) {
            return "https".equals(endpoint.getScheme()) || "http".equals(endpoint.getScheme());
        }
        return "https".equals(endpoint.getScheme())
                && (endpoint.getPort() == -1 || endpoint.getPort() == 443)
                && VENDORS.stream().anyMatch(vendor -> name.equals(vendor) || name.endsWith("." + vendor));
    }
}
