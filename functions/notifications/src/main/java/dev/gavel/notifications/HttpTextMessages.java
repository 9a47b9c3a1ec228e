package dev.gavel.notifications;

import dev.gavel.events.Json;
import dev.gavel.runtime.BoundedHttp;
import dev.gavel.runtime.NoAnswer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/// A provider of text messages that is asked with `POST /v1/messages` and an `Idempotency-Key`. `type` is SMS for
/// up to 90 bytes and LMS for longer ones. 2xx is sent, 4xx is refused, everything else is unclear.
final class HttpTextMessages implements TextMessages, AutoCloseable {

    private static final Set<Integer> UNCLEAR = Set.of(401, 403, 408, 409, 425, 429);

    private final BoundedHttp http;
    private final URI address;
    private final String token;
    private final String sender;

    HttpTextMessages(URI base, String token, String sender, Duration timeout) {
        this.http = new BoundedHttp(timeout, Sending.LARGEST_ANSWER);
        this.address = base.resolve("/v1/messages");
        this.token = token;
        this.sender = sender;
    }

    @Override
    public Sending send(PhoneNumber to, String text, String idempotencyKey) {
        Map<String, String> message = Map.of(
                "to",
                to.value(),
                "from",
                sender,
                "text",
                text,
                "type",
                Wording.bytes(text) <= Wording.SHORT ? "SMS" : "LMS");
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("authorization", "Bearer " + token)
                .header("content-type", "application/json")
                .header("idempotency-key", idempotencyKey)
                .POST(BodyPublishers.ofString(Json.MAPPER.writeValueAsString(message)));
        try {
            return meaning(http.send(request).statusCode());
        } catch (NoAnswer none) {
            return new Sending.Unclear(none.why());
        }
    }

    private static Sending meaning(int status) {
        if (status >= 200 && status < 300) {
            return new Sending.Sent();
        }
        boolean refused = status >= 400 && status < 500 && !UNCLEAR.contains(status);
        return refused ? new Sending.Refused("HTTP_" + status) : new Sending.Unclear("HTTP_" + status);
    }

    @Override
    public void close() {
        http.close();
    }
}
