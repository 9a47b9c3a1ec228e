package dev.gavel.runtime;

import dev.gavel.events.EventCatalog;
import dev.gavel.events.Fact;
import dev.gavel.events.Json;
import dev.gavel.kernel.Unavailable;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.http.HttpMessageFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Publishes facts to the Broker at `K_SINK` as CloudEvents in binary mode. It connects at the first fact.
///
/// Settings: `GAVEL_PUBLISH_TIMEOUT` (seconds for one fact, 5 by default) and `GAVEL_PUBLISH_IN_FLIGHT`
/// (facts on their way at once, 256 by default; further ones wait for as long as one may take).
final class HttpFactPublisher implements FactPublisher, AutoCloseable {

    private final Settings settings;
    private final Duration timeout;
    private final Semaphore inFlight;
    private @Nullable Sink sink;

    private record Sink(URI address, HttpClient client) {}

    HttpFactPublisher(Settings settings) {
        this.settings = settings;
        this.timeout = settings.duration("GAVEL_PUBLISH_TIMEOUT", Duration.ofSeconds(5));
        this.inFlight = new Semaphore(settings.number("GAVEL_PUBLISH_IN_FLIGHT", 256));
    }

    @Override
    public void publish(Fact<?> fact) {
        Sink to = sink();
        HttpRequest request = request(to.address(), fact);
        boolean admitted = false;
        try {
            admitted = inFlight.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (!admitted) {
                throw new Unavailable("too many facts are on their way to the broker");
            }
            HttpResponse<Void> response = to.client().send(request, BodyHandlers.discarding());
            if (response.statusCode() / 100 != 2) {
                throw new Unavailable("the broker answered " + response.statusCode() + " to " + fact.id());
            }
        } catch (IOException e) {
            throw new Unavailable("the broker does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted while publishing " + fact.id(), e);
        } finally {
            if (admitted) {
                inFlight.release();
            }
        }
    }

    private HttpRequest request(URI address, Fact<?> fact) {
        String trace = Trace.current().traceparent();
        CloudEvent event = CloudEventBuilder.v1()
                .withId(fact.id())
                .withSource(URI.create(fact.source()))
                .withType(fact.type())
                .withSubject(fact.subject())
                .withTime(fact.time().atOffset(ZoneOffset.UTC))
                .withDataSchema(URI.create(EventCatalog.schema(fact.data().getClass())))
                .withExtension("partitionkey", fact.subject())
                .withExtension("sequence", Long.toString(fact.sequence()))
                .withExtension("traceparent", trace)
                .withData("application/json", Json.FACTS.writeValueAsBytes(fact.data()))
                .build();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(timeout).header("traceparent", trace);
        HttpMessageFactory.createWriter(request::header, body -> request.POST(BodyPublishers.ofByteArray(body)))
                .writeBinary(event);
        return request.build();
    }

    private synchronized Sink sink() {
        if (sink == null) {
            URI address = settings.address("K_SINK");
            HttpClient.Builder client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(timeout.compareTo(Duration.ofSeconds(2)) < 0 ? timeout : Duration.ofSeconds(2))
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .executor(Executors.newVirtualThreadPerTaskExecutor());
            if ("http".equals(address.getScheme())) {
                client.sslContext(trustingNobody());
            }
            sink = new Sink(address, client.build());
        }
        return sink;
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
        if (sink != null) {
            sink.client().shutdownNow();
        }
    }
}
