package dev.gavel.runtime;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One HTTP request and its one answer: of all who try to answer only the first is heard, so that a time
/// limit can answer for work that does not end.
final class Exchange {

    private static final int LONGEST_ID = 128;
    private static final int MOST_LINGERING = 4 * 1024 * 1024;
    private static final Duration LONGEST_LINGERING = Duration.ofSeconds(2);

    private final HttpExchange http;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final Span span;
    private final String requestId;
    private volatile boolean bodyRead;
    private final Thread worker = Thread.currentThread();
    private final long started = System.nanoTime();
    private volatile String useCase = "none";
    private volatile String route = "none";

    Exchange(HttpExchange http, Tracer tracer) {
        this.http = http;
        boolean event = path().equals("/");
        String parent = header("Traceparent");
        // A broker that traces nothing itself passes on what the event says.
        this.span = tracer.begin(
                event ? Span.Kind.CONSUMER : Span.Kind.SERVER,
                method(),
                parent == null && event ? header("Ce-traceparent") : parent);
        String sent = header("X-request-id");
        this.requestId = sent != null && visible(sent) ? sent : trace().traceId();
    }

    /// Whether a text is 1 to 128 visible ASCII characters.
    static boolean visible(String text) {
        if (text.isEmpty() || text.length() > LONGEST_ID) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    Trace trace() {
        return span.trace();
    }

    Span span() {
        return span;
    }

    String requestId() {
        return requestId;
    }

    String method() {
        return http.getRequestMethod();
    }

    String path() {
        return http.getRequestURI().getRawPath();
    }

    @Nullable
    String query() {
        return http.getRequestURI().getRawQuery();
    }

    /// A request header by its name as the server spells it: first letter large, the rest small.
    @Nullable
    String header(String name) {
        return http.getRequestHeaders().getFirst(name);
    }

    Headers headers() {
        return http.getRequestHeaders();
    }

    long started() {
        return started;
    }

    String useCase() {
        return useCase;
    }

    void useCase(String service) {
        useCase = service;
    }

    String route() {
        return route;
    }

    /// The path template that matched.
    void route(String template) {
        route = template;
    }

    /// Nothing more of the request is waited for.
    void read() {
        bodyRead = true;
    }

    boolean bodyRead() {
        return bodyRead;
    }

    /// The whole body.
    ///
    /// @throws Refused with 413 when it is longer than `most` bytes
    byte[] body(int most) throws IOException {
        InputStream in = http.getRequestBody();
        String length = header("Content-length");
        byte[] body;
        if (length != null) {
            long bytes = Long.parseLong(length);
            if (bytes > most) {
                throw tooLarge(most);
            }
            body = new byte[(int) bytes];
            if (in.readNBytes(body, 0, body.length) < body.length) {
                throw new IOException("the client went away in the middle of the body");
            }
        } else {
            body = in.readNBytes(most + 1);
            if (body.length > most) {
                throw tooLarge(most);
            }
        }
        bodyRead = true;
        return body;
    }

    private static Refused tooLarge(int most) {
        return new Refused(Problem.of(
                        413,
                        "body-too-large",
                        "The body may have at most " + most + " bytes: send less.",
                        Meters.Result.INVALID)
                .with("connection", "close"));
    }

    /// Sends the answer unless there was one before.
    ///
    /// @return whether this one was sent, or at least tried
    boolean answer(Answer answer) {
        if (!answered.compareAndSet(false, true)) {
            return false;
        }
        try {
            Headers headers = http.getResponseHeaders();
            byte[] body = answer.body();
            if (answer.contentType() != null) {
                headers.set("Content-type", answer.contentType());
            }
            headers.set("Cache-control", answer.cacheControl());
            headers.set("X-content-type-options", "nosniff");
            headers.set("Traceparent", trace().traceparent());
            headers.set("X-request-id", requestId);
            if (!answer.headers().isEmpty()) {
                answer.headers().forEach(headers::set);
            }
            if ("HEAD".equals(method())) {
                headers.set("Content-length", Integer.toString(body.length));
                http.sendResponseHeaders(answer.status(), -1);
            } else if (body.length == 0) {
                http.sendResponseHeaders(answer.status(), -1);
            } else {
                http.sendResponseHeaders(answer.status(), body.length);
                try (OutputStream out = http.getResponseBody()) {
                    out.write(body);
                    endReading(out);
                }
            }
        } catch (IOException e) {
            // Whoever asked has gone: there is nobody to tell.
        } finally {
            http.close();
        }
        return true;
    }

    /// Closing waits for the worker that still reads the body, and resets the connection when there is more to
    /// read, which would take the answer with it.
    private void endReading(OutputStream out) throws IOException {
        if (bodyRead || "GET".equals(method())) {
            return;
        }
        out.flush();
        if (Thread.currentThread() == worker) {
            linger();
        } else {
            worker.interrupt();
        }
    }

    /// Takes in what the client still sends, within bounds.
    private void linger() {
        Thread limit = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(LONGEST_LINGERING);
                worker.interrupt();
            } catch (InterruptedException e) {
                // The client has sent everything.
            }
        });
        try {
            InputStream in = http.getRequestBody();
            byte[] bin = new byte[16 * 1024];
            int left = MOST_LINGERING;
            int count = 0;
            while (left > 0 && count >= 0) {
                count = in.read(bin);
                left -= count;
            }
        } catch (IOException e) {
            // It was answered already.
        } finally {
            limit.interrupt();
        }
    }

    /// Gives the connection up without an answer.
    void abandon() {
        if (answered.compareAndSet(false, true)) {
            http.close();
        }
    }
}
