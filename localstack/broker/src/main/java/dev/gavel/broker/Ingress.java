package dev.gavel.broker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The HTTP side of the plane: `POST /<namespace>/<broker>` stores an event, `GET /metrics` and `GET /healthz` are for
/// operators. Listens on the loopback address only.
final class Ingress implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ingress.class);
    private static final int LARGEST_EVENT = 1024 * 1024;
    private static final int LARGEST_WASTE = 8 * LARGEST_EVENT;
    private static final int REQUESTS_AT_ONCE = 256;
    private static final int BACKLOG = 512;
    private static final long PATIENCE_SECONDS = 10;

    private final Manifests manifests;
    private final Publisher publisher;
    private final Supplier<Snapshot> snapshot;
    private final HttpServer server;
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore room = new Semaphore(REQUESTS_AT_ONCE);
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failed = new LongAdder();

    Ingress(int port, Manifests manifests, Publisher publisher, Supplier<Snapshot> snapshot) throws IOException {
        this.manifests = manifests;
        this.publisher = publisher;
        this.snapshot = snapshot;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        server.setExecutor(requests);
        server.createContext("/", this::serve);
    }

    void start() {
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    Snapshot.IngressNumbers numbers() {
        return new Snapshot.IngressNumbers(accepted.sum(), refused.sum(), failed.sum());
    }

    @Override
    public void close() {
        server.stop(0);
        requests.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        // Closing the request body first drains it, so that the connection can be used again.
        try (exchange;
                var request = exchange.getRequestBody()) {
            var reading = "GET".equals(exchange.getRequestMethod());
            var path = exchange.getRequestURI().getPath();
            if (reading && "/healthz".equals(path)) {
                answer(exchange, 200, "ok\n");
            } else if (reading && "/metrics".equals(path)) {
                exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
                answer(exchange, 200, Exposition.of(snapshot.get()));
            } else {
                var verdict = admit(exchange, request, path);
                count(verdict.status());
                answer(exchange, verdict.status(), verdict.sentence());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("The ingress fails on {}", exchange.getRequestURI(), e);
            throw e;
        }
    }

    private Verdict admit(HttpExchange exchange, InputStream request, String path)
            throws IOException, InterruptedException {
        if (!"POST".equals(exchange.getRequestMethod())) {
            exchange.getResponseHeaders().set("Allow", "POST");
            return new Verdict(405, "Events are sent with POST.\n");
        }
        var broker = broker(path);
        if (broker.isEmpty()) {
            return new Verdict(404, "There is no broker at " + path + "; the path is /<namespace>/<broker>.\n");
        }
        if (!room.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            return new Verdict(503, "Too many events at once; try again.\n");
        }
        try {
            return store(exchange, request, broker.get());
        } finally {
            room.release();
        }
    }

    private Verdict store(HttpExchange exchange, InputStream request, Broker broker)
            throws IOException, InterruptedException {
        var body = request.readNBytes(LARGEST_EVENT + 1);
        if (body.length > LARGEST_EVENT) {
            // A client that is still sending would see a broken connection instead of the answer.
            request.skip(LARGEST_WASTE);
            return new Verdict(413, "An event may have " + LARGEST_EVENT + " bytes.\n");
        }
        var event = HttpEvents.read(exchange.getRequestHeaders(), body);
        if (event.isEmpty()) {
            return new Verdict(400, "This is not a CloudEvent in binary or structured mode.\n");
        }
        try {
            publisher.publish(broker, event.get());
            return new Verdict(202, "");
        } catch (NotStored e) {
            LOG.warn("Ingress {}/{}: {}", broker.namespace(), broker.name(), e.getMessage());
            return e.tooLarge()
                    ? new Verdict(413, "The event is larger than Kafka takes.\n")
                    : new Verdict(503, "Kafka did not store the event; try again.\n");
        }
    }

    private Optional<Broker> broker(String path) {
        var parts = path.split("/", -1);
        return parts.length == 3 ? manifests.broker(parts[1], parts[2]) : Optional.empty();
    }

    private void count(int status) {
        (status < 300 ? accepted : status < 500 ? refused : failed).increment();
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        var body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private record Verdict(int status, String sentence) {}
}
