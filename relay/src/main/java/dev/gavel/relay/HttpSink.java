package dev.gavel.relay;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Where events go: a Knative Service or the ingress of a Broker.
final class HttpSink implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final int LONGEST_REASON = 16 * 1024;

    /// The statuses of 4xx that a Broker, too, tries again.
    private static final Set<Integer> LATER = Set.of(404, 408, 409, 429);

    private final URI address;
    private final Duration limit;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    HttpSink(URI address, Duration limit) {
        this.address = address;
        this.limit = limit;
    }

    /// Delivers and waits for the whole answer, as long as the limit allows.
    Verdict deliver(byte[] event) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("content-type", "application/cloudevents+json; charset=utf-8")
                .POST(BodyPublishers.ofByteArray(event))
                .build();
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request, HttpSink::reason);
        try {
            HttpResponse<String> response = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return verdict(response.statusCode(), response.body());
        } catch (TimeoutException _) {
            return new Verdict.Later("no answer in " + limit.toMillis() + " ms");
        } catch (ExecutionException failed) {
            return new Verdict.Later(String.valueOf(failed.getCause()));
        } finally {
            answer.cancel(true);
        }
    }

    private static Verdict verdict(int status, String reason) {
        return switch (status / 100) {
            case 2 -> new Verdict.Done();
            case 4 ->
                LATER.contains(status) ? new Verdict.Later("status " + status) : new Verdict.Never(status, reason);
            default -> new Verdict.Later("status " + status);
        };
    }

    /// Only a refusal says something worth keeping.
    private static BodySubscriber<String> reason(ResponseInfo answer) {
        return answer.statusCode() / 100 == 4
                ? BodySubscribers.limiting(BodySubscribers.ofString(StandardCharsets.UTF_8), LONGEST_REASON)
                : BodySubscribers.replacing("");
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
