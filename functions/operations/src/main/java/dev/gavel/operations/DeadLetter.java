package dev.gavel.operations;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gavel.events.AnyEvent;
import dev.gavel.kernel.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An event that a destination did not take after all retries: one letter for each event and destination, however
/// often it comes.
///
/// A redelivery is numbered, and the number travels with the event as the attribute `gavelredelivery`. So a letter
/// that the broker delivers again is told from one about an event that was redelivered and failed again.
///
/// @param event the event as it was published, without what the broker adds
/// @param cut whether the event had more data than is kept
/// @param firstKeptAt when it came for the first time
/// @param keptAt when it came for the last time
/// @param redeliveries the number of the last redelivery, 0 before the first
/// @param version counts the writes of this letter, from 1
record DeadLetter(
        DeadLetterId id,
        AnyEvent event,
        Failure failure,
        boolean cut,
        Instant firstKeptAt,
        Instant keptAt,
        State state,
        long redeliveries,
        @Nullable Redelivery last,
        long version) {

    /// Counted from when it first came: consumers remember the events they had for longer than that, so that a
    /// redelivered one has no second effect.
    static final Duration KEPT = Duration.ofDays(30);

    static final String REDELIVERY = "gavelredelivery";

    /// Whether somebody has to look at it.
    enum State {
        @JsonProperty("waiting")
        WAITING,
        @JsonProperty("redelivered")
        REDELIVERED
    }

    /// What is known of the last failure.
    ///
    /// @param destination the address that did not take the event; empty when the broker did not say
    /// @param code the status it answered; absent when it did not answer
    /// @param reason the beginning of what it answered
    record Failure(
            String destination,
            @Nullable String code,
            @Nullable String reason) {}

    /// Who sent it on its way again, and when.
    record Redelivery(UserId by, Instant at) {}

    Instant expiresAt() {
        return firstKeptAt.plus(KEPT);
    }

    /// What is to be kept when the same letter comes again; nothing when this is known.
    Optional<DeadLetter> again(DeadLetter other) {
        boolean news =
                other.redeliveries > redeliveries || other.redeliveries == redeliveries && state == State.REDELIVERED;
        return news
                ? Optional.of(new DeadLetter(
                        id,
                        other.event,
                        other.failure,
                        other.cut,
                        firstKeptAt,
                        other.keptAt,
                        State.WAITING,
                        other.redeliveries,
                        last,
                        version + 1))
                : Optional.empty();
    }

    /// The event to publish when this letter is redelivered next.
    AnyEvent redelivery() {
        Map<String, String> extensions = new TreeMap<>(event.extensions());
        extensions.put(REDELIVERY, Long.toString(redeliveries + 1));
        return event.withExtensions(extensions);
    }

    /// After the redelivery of that number was published. When it has failed and come back in the meantime, the
    /// letter stays waiting.
    DeadLetter redelivered(long number, UserId by, Instant at) {
        boolean back = redeliveries >= number;
        return new DeadLetter(
                id,
                event,
                failure,
                cut,
                firstKeptAt,
                keptAt,
                back ? state : State.REDELIVERED,
                back ? redeliveries : number,
                new Redelivery(by, at),
                version + 1);
    }

    @Override
    public String toString() {
        return "dead letter " + id;
    }
}
