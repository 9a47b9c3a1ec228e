package dev.gavel.broker;

import java.util.Map;

/// Limits the JDK's HTTP server and client only take as system properties. What is already set stays.
final class JvmDefaults {
    private static final Map<String, String> LIMITS = Map.of(
            "jdk.httpserver.maxConnections", "1024",
            "sun.net.httpserver.maxReqTime", "30",
            "sun.net.httpserver.nodelay", "true",
            // Shorter than servers keep idle connections, so a POST does not meet a closing one.
            "jdk.httpclient.keepalive.timeout", "10");

    private JvmDefaults() {}

    static void apply() {
        LIMITS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }
}
