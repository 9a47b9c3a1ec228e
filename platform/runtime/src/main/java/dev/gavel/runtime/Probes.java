package dev.gavel.runtime;

import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;

/// What the platform asks: whether the host lives and is ready, its metrics, and to warm up.
final class Probes {

    /// The life of a host.
    enum Phase {
        STARTING,
        READY,
        DRAINING
    }

    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

    private final Meters meters;
    private final Runnable warm;
    private final Log log;
    private volatile Phase phase = Phase.STARTING;

    Probes(Meters meters, Runnable warm, Log log) {
        this.meters = meters;
        this.warm = warm;
        this.log = log;
    }

    void phase(Phase next) {
        phase = next;
    }

    boolean ready() {
        return phase == Phase.READY;
    }

    boolean draining() {
        return phase == Phase.DRAINING;
    }

    /// The answer when the request is one of these, otherwise null.
    @Nullable
    Answer answer(Exchange exchange) {
        return switch (exchange.path()) {
            case "/healthz/live" -> only("GET", exchange, text(200, "live"));
            case "/healthz/ready" -> only("GET", exchange, ready() ? text(200, "ready") : text(503, "not ready"));
            case "/metrics" -> only("GET", exchange, null);
            case "/warmup" -> only("POST", exchange, null);
            default -> null;
        };
    }

    private Answer only(String method, Exchange exchange, @Nullable Answer answer) {
        String sent = exchange.method();
        if (!sent.equals(method) && !(sent.equals("HEAD") && method.equals("GET"))) {
            return Problem.of(405, "method-not-allowed", "Only " + method + " works here.", Meters.Result.INVALID)
                    .with("allow", method.equals("GET") ? "GET, HEAD" : method);
        }
        if (answer != null) {
            return answer;
        }
        return method.equals("GET") ? metrics() : warmup();
    }

    private Answer metrics() {
        byte[] page = meters.page();
        return page == null
                ? Problem.of(404, "no-metrics", "This host has no metrics for Prometheus.", Meters.Result.INVALID)
                : Answer.text(200, METRICS, page);
    }

    private Answer warmup() {
        try {
            warm.run();
            return Answer.empty(204, Meters.Result.ACCEPTED);
        } catch (RuntimeException e) {
            log.line(Level.WARNING, "cannot warm up", e);
            return Problem.of(
                    503, "cannot-warm-up", "Something needed does not answer yet.", Meters.Result.UNAVAILABLE);
        }
    }

    private static Answer text(int status, String text) {
        return Answer.text(status, PLAIN, (text + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
