package dev.gavel.runtime;

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

/// Calls to servers of somebody else: bounded in time, in size and in how many run at once; no redirects, and no
/// repetition of a POST by itself. Nothing that is sent is ever in a message.
public final class BoundedHttp implements AutoCloseable {

    private static final int MOST_AT_ONCE = 64;

    private final HttpClient client;
    private final Duration timeout;
    private final int largestAnswer;
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);

    /// @param timeout of one call, from connecting to the last byte
    /// @param largestAnswer how many bytes of an answer are read
    public BoundedHttp(Duration timeout, int largestAnswer) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout.dividedBy(2))
                .build();
        this.timeout = timeout;
        this.largestAnswer = largestAnswer;
    }

    /// @throws NoAnswer when there is none in time, or a longer one than is read, or too many calls run already
    public HttpResponse<byte[]> send(HttpRequest.Builder request) throws NoAnswer {
        if (!room.tryAcquire()) {
            throw new NoAnswer("TOO_BUSY");
        }
        CompletableFuture<HttpResponse<byte[]>> sent = client.sendAsync(
                request.timeout(timeout).build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), largestAnswer));
        try {
            return sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            throw new NoAnswer("TIMEOUT");
        } catch (ExecutionException failed) {
            throw new NoAnswer(failed.getCause() instanceof IOException ? "CONNECTION" : "FAILED");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new NoAnswer("INTERRUPTED");
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
