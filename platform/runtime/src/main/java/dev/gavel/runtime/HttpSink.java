package dev.gavel.runtime;

import dev.gavel.kernel.Unavailable;
import io.cloudevents.CloudEvent;
import io.cloudevents.http.HttpMessageFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Posts CloudEvents in binary mode to Brokers. It connects at the first one.
///
/// Settings: `GAVEL_PUBLISH_TIMEOUT` (seconds for one event, 5 by default) and `GAVEL_PUBLISH_IN_FLIGHT`
/// (events on their way at once, 256 by default; further ones wait for as long as one may take).
final class HttpSink implements AutoCloseable {

    private final Duration timeout;
    private final Semaphore inFlight;
    private @Nullable HttpClient client;

    HttpSink(Settings settings) {
        this.timeout = settings.duration("GAVEL_PUBLISH_TIMEOUT", Duration.ofSeconds(5));
        this.inFlight = new Semaphore(settings.number("GAVEL_PUBLISH_IN_FLIGHT", 256));
    }

    /// @throws Unavailable when the Broker did not answer in time or did not say 2xx
    void send(URI broker, CloudEvent event) {
        HttpRequest request = request(broker, event);
        boolean admitted = false;
        try {
            admitted = inFlight.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (!admitted) {
                throw new Unavailable("too many events are on their way to the broker");
            }
            HttpResponse<Void> response = client(broker).send(request, BodyHandlers.discarding());
            if (response.statusCode() / 100 != 2) {
                throw new Unavailable("the broker answered " + response.statusCode() + " to " + event.getId());
            }
        } catch (IOException e) {
            throw new Unavailable("the broker does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted while publishing " + event.getId(), e);
        } finally {
            if (admitted) {
                inFlight.release();
            }
        }
    }

    private HttpRequest request(URI broker, CloudEvent event) {
        HttpRequest.Builder request = HttpRequest.newBuilder(broker)
                .timeout(timeout)
                .header("traceparent", Trace.current().traceparent());
        HttpMessageFactory.createWriter(
                        (name, value) -> request.header(name, printable(value)), body -> request.POST(bytes(body)))
                .writeBinary(event);
        return request.build();
    }

    private static BodyPublisher bytes(byte @Nullable [] body) {
        return body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
    }

    /// Header values are ASCII: everything else is percent-encoded as UTF-8.
    static String printable(String value) {
        if (value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            return value;
        }
        StringBuilder ascii = new StringBuilder();
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            if (octet >= ' ' && octet <= '~') {
                ascii.append((char) octet);
            } else {
                ascii.append("%%%02X".formatted(octet & 0xFF));
            }
        }
        return ascii.toString();
    }

    private synchronized HttpClient client(URI broker) {
        HttpClient known = client;
        if (known == null) {
            known = client(broker, timeout);
            client = known;
        }
        return known;
    }

    /// A client for one server.
    static HttpClient client(URI server, Duration timeout) {
        HttpClient.Builder made = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout.compareTo(Duration.ofSeconds(2)) < 0 ? timeout : Duration.ofSeconds(2))
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(Executors.newVirtualThreadPerTaskExecutor());
        if ("http".equals(server.getScheme())) {
            made.sslContext(trustingNobody());
        }
        return made.build();
    }

    /// The client insists on a TLS context; loading the default trust store for plain http would cost 100 ms
    /// of every cold start.
    private static SSLContext trustingNobody() {
        try {
            KeyStore none = KeyStore.getInstance("PKCS12");
            none.load(null, null);
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(none);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java runtime has no TLS", e);
        }
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }
}
