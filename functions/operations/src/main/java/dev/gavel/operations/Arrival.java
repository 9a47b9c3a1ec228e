package dev.gavel.operations;

import dev.gavel.events.AnyEvent;
import dev.gavel.operations.DeadLetter.Failure;
import dev.gavel.operations.DeadLetter.State;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes a dead letter of what the broker sends to the Broker of dead letters: the event, and attributes of its own
/// about the failure.
final class Arrival {

    /// More than any event of ours has, and less than a row may have.
    static final int LONGEST_DATA = 256 * 1024;

    private static final String DESTINATION = "knativeerrordest";
    private static final String CODE = "knativeerrorcode";
    private static final String REASON = "knativeerrordata";
    private static final int MOST_REDELIVERIES = 1_000_000;

    private Arrival() {}

    static DeadLetter of(AnyEvent event, Instant now) {
        Map<String, String> own = new TreeMap<>(event.extensions());
        Failure failure = new Failure(own.getOrDefault(DESTINATION, ""), own.get(CODE), reason(own.get(REASON)));
        long redeliveries = number(own.remove(DeadLetter.REDELIVERY));
        own.keySet().removeIf(name -> name.startsWith("knativeerror") || name.startsWith("knativekafka"));
        boolean cut = event.data().length > LONGEST_DATA;
        AnyEvent bare = new AnyEvent(
                event.id(),
                event.source(),
                event.type(),
                event.subject(),
                event.time(),
                event.dataContentType(),
                event.dataSchema(),
                cut ? Arrays.copyOf(event.data(), LONGEST_DATA) : event.data(),
                own);
        return new DeadLetter(
                DeadLetterId.of(event.source(), event.id(), failure.destination()),
                bare,
                failure,
                cut,
                now,
                now,
                State.WAITING,
                redeliveries,
                null,
                1);
    }

    private static @Nullable String reason(@Nullable String encoded) {
        if (encoded == null) {
            return null;
        }
        try {
            return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return encoded;
        }
    }

    /// What is no number of ours counts as the first delivery.
    private static long number(@Nullable String text) {
        try {
            long number = text == null ? 0 : Long.parseLong(text);
            return number < 0 || number > MOST_REDELIVERIES ? 0 : number;
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}
