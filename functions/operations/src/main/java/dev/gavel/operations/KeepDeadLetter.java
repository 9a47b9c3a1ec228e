package dev.gavel.operations;

import dev.gavel.events.AnyEvent;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import dev.gavel.runtime.Measures;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/// Keeps what could not be delivered, so that operators see it. A letter that comes again changes nothing, unless it
/// is about a redelivery: then it waits again. The answer counts what was written.
public final class KeepDeadLetter implements UseCase<AnyEvent, Done> {

    private final DeadLetters letters;
    private final LongAdder kept;

    KeepDeadLetter(DeadLetters letters, Measures measures) {
        this.letters = letters;
        this.kept = measures.counter(
                "gavel.dead.letters", "Events that could not be delivered, as they were kept", "result", "kept");
    }

    @Override
    public Outcome<Done> apply(Call<AnyEvent> call) {
        DeadLetter arrived = Arrival.of(call.command(), call.receivedAt());
        Optional<DeadLetter> known = letters.find(arrived.id());
        Optional<DeadLetter> next =
                known.isEmpty() ? Optional.of(arrived) : known.get().again(arrived);
        next.ifPresent(letter -> {
            letters.save(letter);
            kept.increment();
        });
        return Outcome.accepted(new Done(next.isPresent() ? 1 : 0));
    }
}
