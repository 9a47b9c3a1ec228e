package dev.gavel.sqs;

import dev.gavel.events.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// One queue as `terraform/queues.json` declares it.
///
/// @param carries the type of the facts its relay delivers, when they are facts of ours
/// @param to the Service that its relay takes them to
/// @param broker the Broker that its relay takes them to instead
/// @param from who fills it, when what lies in it is no CloudEvent yet: `s3`
/// @param visibilitySeconds how long a message that was received is hidden from others; 30 when not said
/// @param retentionDays how long a message waits at most; 4 when not said
/// @param maxReceives how often a message is received before it goes to `deadLetter`; both or none
public record SqsQueue(
        String name,
        @Nullable String carries,
        @Nullable String to,
        @Nullable String broker,
        @Nullable String from,
        @Nullable Integer visibilitySeconds,
        @Nullable Integer retentionDays,
        @Nullable Integer maxReceives,
        @Nullable String deadLetter) {

    private static final int LONGEST_NAME = 60;

    public SqsQueue {
        if (name == null || !name.matches("[a-zA-Z0-9_-]{1," + LONGEST_NAME + "}")) {
            throw wrong(name, "its name needs 1 to " + LONGEST_NAME + " letters, digits, '_' or '-'");
        }
        within(name, "visibilitySeconds", visibilitySeconds, 43_200);
        within(name, "retentionDays", retentionDays, 14);
        within(name, "maxReceives", maxReceives, 1_000);
        if ((maxReceives == null) != (deadLetter == null)) {
            throw wrong(name, "maxReceives and deadLetter come together");
        }
        if ((carries == null) != (to == null && broker == null) || to != null && broker != null) {
            throw wrong(name, "carries comes together with either to or broker");
        }
        if (from != null && !from.equals("s3")) {
            throw wrong(name, "from can only be s3");
        }
    }

    /// @throws IllegalStateException when the text does not declare queues; the message says where and what
    static Map<String, SqsQueue> read(String json) {
        try {
            Map<String, SqsQueue> queues = new LinkedHashMap<>();
            for (SqsQueue queue : Json.STRICT.forType(SqsQueue[].class).<SqsQueue[]>readValue(json)) {
                if (queues.put(queue.name(), queue) != null) {
                    throw wrong(queue.name(), "it is declared twice");
                }
            }
            for (SqsQueue queue : queues.values()) {
                String dead = queue.deadLetter();
                if (dead != null
                        && (queues.get(dead) == null || queues.get(dead).deadLetter() != null)) {
                    throw wrong(queue.name(), "its deadLetter must be a declared queue that has none itself");
                }
            }
            return queues;
        } catch (JacksonException trouble) {
            throw trouble.getCause() instanceof IllegalStateException known
                    ? known
                    : new IllegalStateException("terraform/queues.json: " + trouble.getOriginalMessage(), trouble);
        }
    }

    int visibility() {
        return Objects.requireNonNullElse(visibilitySeconds, 30);
    }

    int retention() {
        return Objects.requireNonNullElse(retentionDays, 4) * 86_400;
    }

    private static void within(String queue, String what, @Nullable Integer value, int most) {
        if (value != null && (value < 1 || value > most)) {
            throw wrong(queue, what + " must be from 1 to " + most);
        }
    }

    private static IllegalStateException wrong(@Nullable String queue, String what) {
        return new IllegalStateException("terraform/queues.json, queue " + queue + ": " + what);
    }
}
