package dev.gavel.operations;

import dev.gavel.events.AnyEvent;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Events that nobody took, as the broker sends them.
final class Letters {

    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    static final UserId OPERATOR = new UserId("usr_01KAMQA7C9E1G3J5M7P9R1T3V5");
    static final String TYPE = "dev.gavel.auction.bids-accepted.v1";
    static final String DESTINATION = "http://index-bidding.gavel.svc.cluster.local";

    private Letters() {}

    static AnyEvent event(String id) {
        return event(id, TYPE, Map.of());
    }

    /// @param more attributes in place of or besides the usual ones
    static AnyEvent event(String id, String type, Map<String, String> more) {
        Map<String, String> extensions = new TreeMap<>(Map.of(
                "partitionkey", "auc_1",
                "sequence", "7",
                "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "knativeerrordest", DESTINATION,
                "knativeerrorcode", "400",
                "knativeerrordata", base64("{\"detail\":\"읽을 수 없음\"}"),
                "knativekafkapartition", "2",
                "knativekafkaoffset", "41"));
        extensions.putAll(more);
        return new AnyEvent(
                id,
                "/functions/place-bid",
                type,
                "auc_1",
                OffsetDateTime.parse("2026-11-22T20:59:00+09:00"),
                "application/json",
                "https://gavel.dev/schemas/auction.bids-accepted/1.0",
                "{\"broken\":".getBytes(StandardCharsets.UTF_8),
                extensions);
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static DeadLetter letter(String id, Instant at) {
        return Arrival.of(event(id), at);
    }

    static Call<AnyEvent> delivered(AnyEvent event, Instant at) {
        return new Call<>(event, new Caller.Platform(event.source()), at, event.source() + " " + event.id());
    }

    static <C> Call<C> byOperator(C command, Instant at) {
        return new Call<>(command, new Caller.User(OPERATOR, Set.of("operator")), at, "request");
    }
}
