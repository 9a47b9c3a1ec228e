package dev.gavel.broker;

import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Carries one event to one address, once.
final class Courier implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int LARGEST_REPLY = 1024 * 1024;
    private static final String TOO_LARGE = "body exceeds capacity";

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    /// Posts in binary mode. `timeout` bounds the whole exchange, body included.
    Answer post(Supplier<URI> address, CloudEvent event, Map<String, String> headers, Duration timeout)
            throws InterruptedException {
        HttpRequest request;
        try {
            var building = HttpRequest.newBuilder(address.get());
            HttpEvents.write(event, building);
            headers.forEach(building::setHeader);
            request = building.build();
        } catch (RuntimeException e) {
            return new Answer.Silence("has no address: " + e.getMessage());
        }
        var exchange = client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_REPLY));
        try {
            var response = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer.Response(response.statusCode(), response.headers().map(), response.body());
        } catch (TimeoutException e) {
            return new Answer.Silence("did not answer within " + timeout);
        } catch (ExecutionException e) {
            return failed(e.getCause());
        } finally {
            // Closes the connection when the answer is no longer awaited.
            exchange.cancel(true);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private static Answer failed(@Nullable Throwable cause) {
        for (var c = cause; c instanceof IOException; c = c.getCause()) {
            if (c.getMessage() instanceof String message && message.startsWith(TOO_LARGE)) {
                return new Answer.Oversized("answered with more than " + LARGEST_REPLY + " bytes");
            }
        }
        return new Answer.Silence("could not be reached: " + cause);
    }
}
