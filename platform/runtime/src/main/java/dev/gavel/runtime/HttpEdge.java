package dev.gavel.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Rejection;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.Unavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;

/// Where requests come in: finds the route, and turns whatever happens into one answer.
final class HttpEdge implements HttpHandler, AutoCloseable {

    private static final byte[] NO_BODY = {};

    private final Route[] routes;
    private final EventEdge events;
    private final Probes probes;
    private final Callers callers;
    private final Repeats repeats;
    private final Supplier<ReceiptTime> receiptTime;
    private final Limits limits;
    private final Meters meters;
    private final Tracer tracer;
    private final Log log;
    private final AtomicInteger inFlight;
    // All requests, also those that still arrive or are turned away; inFlight has those in the use case.
    private final AtomicInteger active = new AtomicInteger();
    private final Deadlines deadlines;

    HttpEdge(
            List<Route> routes,
            EventEdge events,
            Probes probes,
            Callers callers,
            Repeats repeats,
            Supplier<ReceiptTime> receiptTime,
            Limits limits,
            AtomicInteger inFlight,
            Meters meters,
            Tracer tracer,
            Log log) {
        this.routes = routes.toArray(Route[]::new);
        this.events = events;
        this.probes = probes;
        this.callers = callers;
        this.repeats = repeats;
        this.receiptTime = receiptTime;
        this.limits = limits;
        this.inFlight = inFlight;
        this.meters = meters;
        this.tracer = tracer;
        this.log = log;
        this.deadlines = new Deadlines(limits.request(), this::late);
    }

    @Override
    public void handle(HttpExchange http) {
        active.incrementAndGet();
        try {
            Exchange exchange = new Exchange(http, tracer);
            exchange.trace().run(() -> serve(exchange));
        } finally {
            active.decrementAndGet();
        }
    }

    /// Waits until no request is in work.
    ///
    /// @return whether that was so within the time
    boolean awaitIdle(Duration most) {
        long until = System.nanoTime() + most.toNanos();
        while (active.get() > 0) {
            if (System.nanoTime() - until > 0) {
                return false;
            }
            LockSupport.parkNanos(1_000_000);
        }
        return true;
    }

    private void serve(Exchange exchange) {
        Answer probe = probes.answer(exchange);
        if (probe != null) {
            exchange.answer(probe);
            return;
        }
        Deadlines.Watched watched = deadlines.start(exchange);
        Answer answer;
        try {
            answer = exchange.path().equals("/") ? event(exchange) : resource(exchange);
        } catch (Refused e) {
            answer = e.answer();
        } catch (IOException e) {
            exchange.abandon();
            return;
        } catch (Throwable e) {
            answer = trouble(exchange, e);
        } finally {
            deadlines.end(watched);
        }
        finish(exchange, answer);
    }

    private boolean finish(Exchange exchange, Answer answer) {
        boolean sent = exchange.answer(probes.draining() ? answer.with("connection", "close") : answer);
        if (sent) {
            long nanos = System.nanoTime() - exchange.started();
            meters.record(exchange.useCase(), answer.result(), nanos);
            trace(exchange, answer);
            Level level = answer.status() >= 500 ? Level.WARNING : Level.INFO;
            if (log.shows(level)) {
                log.line(
                        level,
                        "request",
                        null,
                        "use_case",
                        exchange.useCase(),
                        "method",
                        exchange.method(),
                        "route",
                        exchange.route(),
                        "status",
                        answer.status(),
                        "result",
                        answer.result().label(),
                        "ms",
                        nanos / 1_000 / 1e3,
                        "request_hash",
                        Integer.toHexString(exchange.requestId().hashCode()));
            }
        }
        return sent;
    }

    private static void trace(Exchange exchange, Answer answer) {
        Span span = exchange.span();
        if (!exchange.route().equals("none") && !exchange.route().equals("/")) {
            span.named(exchange.method() + " " + exchange.route()).with("http.route", exchange.route());
        }
        if (answer.status() >= 500) {
            span.failed(answer.result().label());
        }
        span.with("http.request.method", exchange.method())
                .with("http.response.status_code", answer.status())
                .with("gavel.use_case", exchange.useCase())
                .with("gavel.result", answer.result().label())
                .close();
    }

    private boolean late(Exchange exchange) {
        Answer answer = exchange.bodyRead()
                ? Problem.of(
                                503,
                                "took-too-long",
                                "This took too long and was given up; it may still have happened. Repeat it with the same"
                                        + " key.",
                                Meters.Result.TIMED_OUT)
                        .with("retry-after", "1")
                : Problem.of(
                                408,
                                "body-too-slow",
                                "The body did not arrive in time: send it again.",
                                Meters.Result.INVALID)
                        .with("connection", "close");
        return finish(exchange, answer);
    }

    private Answer event(Exchange exchange) throws IOException {
        if (!exchange.method().equals("POST")) {
            return Problem.of(405, "method-not-allowed", "Only POST works here.", Meters.Result.INVALID)
                    .with("allow", "POST");
        }
        exchange.route("/");
        byte[] body = exchange.body(Limits.EVENT);
        admit();
        try {
            return events.answer(exchange, body);
        } finally {
            inFlight.decrementAndGet();
        }
    }

    private Answer resource(Exchange exchange) throws IOException {
        Set<String> allowed = null;
        String path = exchange.path();
        String method = exchange.method();
        for (Route route : routes) {
            String[] variables = route.match(path);
            if (variables != null) {
                if (route.takes(method)) {
                    return use(exchange, route, variables);
                }
                allowed = allowed == null ? new TreeSet<>() : allowed;
                allowed.add(route.resource().method());
                if (route.takes("HEAD")) {
                    allowed.add("HEAD");
                }
            }
        }
        if (allowed == null) {
            return Problem.of(404, "no-such-resource", "There is nothing at this path.", Meters.Result.INVALID);
        }
        String methods = String.join(", ", allowed);
        return Problem.of(405, "method-not-allowed", "Only " + methods + " works here.", Meters.Result.INVALID)
                .with("allow", methods);
    }

    private Answer use(Exchange exchange, Route route, String[] variables) throws IOException {
        exchange.useCase(route.entry().service());
        exchange.route(route.resource().path());
        Caller caller = callers.admitted(exchange, route.resource().access());
        String method = route.resource().method();
        boolean post = method.equals("POST");
        String key = exchange.header("Idempotency-key");
        if (post && route.resource().repeats() != HttpRoute.Repeats.NONE) {
            Repeats.check(key);
        }
        byte[] body = method.equals("GET") || method.equals("DELETE") ? NO_BODY : exchange.body(Limits.BODY);
        exchange.read();
        if (body.length > 0 && !json(exchange.header("Content-type"))) {
            return Problem.of(
                    415, "not-json", "Send the body with `Content-Type: application/json`.", Meters.Result.INVALID);
        }
        Object command;
        try {
            command = route.reader().read(variables, exchange.query(), body);
        } catch (CommandReader.NoSuchThing e) {
            return Problem.of(
                    404, "no-such-thing", "There is no such thing: " + e.getMessage() + ".", Meters.Result.REJECTED);
        }
        admit();
        try {
            String requestId = key != null && Exchange.visible(key) ? key : exchange.requestId();
            // Taken when the whole request is here, so that nobody can hold a place in time with a slow body.
            Call<Object> call = new Call<>(
                    command, caller, receiptTime.get().receivedAt(new HeaderView(exchange.headers())), requestId);
            if (post && route.resource().repeats() == HttpRoute.Repeats.STORED) {
                return repeats.answer(
                        caller, exchange, route.entry().service(), requestId, body, () -> outcome(route, call));
            }
            return outcome(route, call).unlessKnown(exchange.header("If-none-match"));
        } finally {
            inFlight.decrementAndGet();
        }
    }

    private static Answer outcome(Route route, Call<Object> call) {
        Outcome<?> outcome = route.calls().call(call);
        return outcome instanceof Outcome.Rejected<?>(Rejection reason)
                ? Problem.of(reason)
                : route.accepted(((Outcome.Accepted<?>) outcome).value());
    }

    private void admit() {
        if (inFlight.incrementAndGet() > limits.inFlight()) {
            inFlight.decrementAndGet();
            throw new Refused(Problem.of(
                            503,
                            "too-busy",
                            "Too many requests are in work: send it again in a moment.",
                            Meters.Result.OVERLOADED)
                    .with("retry-after", "1"));
        }
    }

    private Answer trouble(Exchange exchange, Throwable trouble) {
        return switch (trouble) {
            case StaleWrite stale ->
                Problem.of(409, "stale-write", stale.getMessage() + ": send it again.", Meters.Result.CONFLICT)
                        .with("retry-after", "1");
            case Unavailable unavailable -> {
                log.line(Level.WARNING, "unavailable: " + unavailable.getMessage(), unavailable.getCause());
                yield Problem.of(
                                503,
                                "unavailable",
                                "Something this depends on does not answer: send it again in a moment.",
                                Meters.Result.UNAVAILABLE)
                        .with("retry-after", "1");
            }
            default -> {
                log.line(Level.SEVERE, "failed", trouble, "use_case", exchange.useCase());
                yield Problem.of(
                        500,
                        "internal",
                        "Something went wrong here; it is logged under trace "
                                + exchange.trace().traceId() + ".",
                        Meters.Result.FAILED);
            }
        };
    }

    private static boolean json(@Nullable String contentType) {
        return contentType != null
                && contentType.regionMatches(true, 0, Answer.JSON, 0, Answer.JSON.length())
                && (contentType.length() == Answer.JSON.length() || "; \t".indexOf(contentType.charAt(16)) >= 0);
    }

    @Override
    public void close() {
        deadlines.close();
    }
}
