package dev.gavel.notifications;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/// Calls to providers: bounded in time, in size and in how many run at once; no redirects and no repetition by
/// itself. Nothing that is sent is ever in a message.
final class HttpCalls implements AutoCloseable {

    private static final int MOST_AT_ONCE = 64;
    private static final int LARGEST_ANSWER = 64 * 1024;

    private final HttpClient client;
    private final Duration timeout;
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);

    HttpCalls(Duration timeout) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout.dividedBy(2))
                .build();
        this.timeout = timeout;
    }

    /// @param meaning what a status means
    Sending send(HttpRequest.Builder request, IntFunction<Sending> meaning) {
        if (!room.tryAcquire()) {
            return new Sending.Unclear("TOO_BUSY");
        }
        CompletableFuture<HttpResponse<byte[]>> sent = client.sendAsync(
                request.timeout(timeout).build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
        try {
            return meaning.apply(
                    sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS).statusCode());
        } catch (TimeoutException _) {
            return new Sending.Unclear("TIMEOUT");
        } catch (ExecutionException failed) {
            return new Sending.Unclear(failed.getCause() instanceof IOException ? "CONNECTION" : "FAILED");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Sending.Unclear("INTERRUPTED");
        } finally {
            sent.cancel(true);
            room.release();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
