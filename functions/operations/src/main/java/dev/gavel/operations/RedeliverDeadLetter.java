package dev.gavel.operations;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.Unavailable;
import dev.gavel.kernel.UseCase;
import dev.gavel.runtime.EventPublisher;
import java.util.Optional;

/// Publishes the event of a dead letter again, with the same id and attributes, to the Broker it came from: consumers
/// that had it ignore it, the one that failed gets another chance. Done again it publishes again. Refusals:
/// {@link DeadLetterRejected}.
public final class RedeliverDeadLetter implements UseCase<RedeliverDeadLetter.Command, RedeliverDeadLetter.Receipt> {

    private static final int ATTEMPTS = 5;

    public record Command(DeadLetterId deadLetterId) {}

    public record Receipt(DeadLetterView deadLetter) {}

    private final DeadLetters letters;
    private final EventPublisher publisher;

    RedeliverDeadLetter(DeadLetters letters, EventPublisher publisher) {
        this.letters = letters;
        this.publisher = publisher;
    }

    @Override
    public Outcome<Receipt> apply(Call<Command> call) {
        Optional<DeadLetter> found = letters.find(call.command().deadLetterId());
        if (found.isEmpty()) {
            return Outcome.rejected(new DeadLetterRejected.Unknown());
        }
        DeadLetter letter = found.get();
        if (letter.cut()) {
            return Outcome.rejected(new DeadLetterRejected.TooLarge(Arrival.LONGEST_DATA));
        }
        Optional<String> broker = Origin.broker(letter.event().type());
        if (broker.isEmpty()) {
            return Outcome.rejected(
                    new DeadLetterRejected.OriginUnknown(letter.event().type()));
        }
        // Published first: a letter marked before would look done when publishing fails.
        publisher.publish(broker.get(), letter.redelivery());
        return Outcome.accepted(new Receipt(DeadLetterView.of(mark(call, letter))));
    }

    /// Only the mark is tried again when somebody else wrote first; the event is on its way already.
    private DeadLetter mark(Call<Command> call, DeadLetter published) {
        DeadLetter seen = published;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            DeadLetter marked = seen.redelivered(published.redeliveries() + 1, call.user(), call.receivedAt());
            try {
                letters.save(marked);
                return marked;
            } catch (StaleWrite _) {
                Optional<DeadLetter> newer = letters.find(published.id());
                if (newer.isEmpty()) {
                    return marked;
                }
                seen = newer.get();
            }
        }
        throw new Unavailable("the " + published + " was published but not marked: too many write it at once");
    }
}
