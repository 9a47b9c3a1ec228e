package dev.gavel.notifications;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import java.net.URI;
import java.util.Set;

/// Ends the pushes to one browser of the caller. One that gets none is left as it is.
public final class UnsubscribePush implements UseCase<UnsubscribePush.Command, Done> {

    record Command(URI endpoint) {}

    private final Readers readers;

    UnsubscribePush(Readers readers) {
        this.readers = readers;
    }

    @Override
    public Outcome<Done> apply(Call<Command> call) {
        Reader _ = readers.change(
                call.user(), reader -> reader.unsubscribed(Set.of(call.command().endpoint())));
        return Outcome.accepted(Done.ONCE);
    }
}
