package dev.gavel.runtime;

import java.time.Duration;

/// The bounds of one host.
///
/// @param request how long a request may take, `GAVEL_REQUEST_TIMEOUT`, 20 seconds by default and at most 50
/// @param inFlight how many requests are worked on at once before further ones are turned away,
/// `GAVEL_MAX_IN_FLIGHT`, 1000 by default
/// @param drain how long running requests may go on after the host is told to stop, `GAVEL_DRAIN_TIMEOUT`,
/// 25 seconds by default
record Limits(Duration request, int inFlight, Duration drain) {

    /// The bytes of a request body, and of a CloudEvent, which is what the broker takes.
    static final int BODY = 64 * 1024;

    static final int EVENT = 1024 * 1024;

    private static final Duration LONGEST = Duration.ofSeconds(50);

    static Limits of(Settings settings) {
        Duration request = settings.duration("GAVEL_REQUEST_TIMEOUT", Duration.ofSeconds(20));
        if (request.compareTo(LONGEST) > 0) {
            throw new CannotStart("The setting GAVEL_REQUEST_TIMEOUT must be at most 50 seconds.");
        }
        return new Limits(
                request,
                settings.number("GAVEL_MAX_IN_FLIGHT", 1000),
                settings.duration("GAVEL_DRAIN_TIMEOUT", Duration.ofSeconds(25)));
    }

    /// How long a claim on an idempotency key or an event outlives a process that died with it.
    Duration lease() {
        return request.plusSeconds(10);
    }

    /// The JDK's server reads these once, before the first server of the process; what the command line says
    /// wins.
    static void ofServer() {
        keep("sun.net.httpserver.nodelay", "true");
        keep("sun.net.httpserver.maxReqTime", "30");
        keep("sun.net.httpserver.maxRspTime", "60");
        keep("sun.net.httpserver.maxReqHeaders", "100");
        keep("sun.net.httpserver.maxReqHeaderSize", "32768");
        keep("sun.net.httpserver.maxIdleConnections", "2000");
        keep("sun.net.httpserver.idleInterval", "75");
        keep("sun.net.httpserver.drainAmount", "1048576");
        keep("jdk.httpserver.maxConnections", "2000");
    }

    private static void keep(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
