package dev.gavel.operations;

import dev.gavel.events.AnyEvent;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import java.util.Optional;

/// Keeps what could not be delivered, so that operators see it. A letter that comes again changes nothing, unless it
/// is about a redelivery: then it waits again. The answer counts what was written.
public final class KeepDeadLetter implements UseCase<AnyEvent, Done> {

    private final DeadLetters letters;

    KeepDeadLetter(DeadLetters letters) {
        this.letters = letters;
    }

    @Override
    public Outcome<Done> apply(Call<AnyEvent> call) {
        DeadLetter arrived = Arrival.of(call.command(), call.receivedAt());
        Optional<DeadLetter> known = letters.find(arrived.id());
        Optional<DeadLetter> next =
                known.isEmpty() ? Optional.of(arrived) : known.get().again(arrived);
        next.ifPresent(letters::save);
        return Outcome.accepted(new Done(next.isPresent() ? 1 : 0));
    }
}
