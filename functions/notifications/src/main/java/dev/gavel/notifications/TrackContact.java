package dev.gavel.notifications;

import dev.gavel.events.Fact;
import dev.gavel.events.UserEvent.UserContactChanged;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;

/// Remembers how somebody is reached. An older fact that comes late changes nothing.
public final class TrackContact implements UseCase<Fact<UserContactChanged>, Done> {

    private final Readers readers;

    TrackContact(Readers readers) {
        this.readers = readers;
    }

    @Override
    public Outcome<Done> apply(Call<Fact<UserContactChanged>> call) {
        UserContactChanged contact = call.command().data();
        Reader _ = readers.change(
                contact.userId(), reader -> reader.contact(contact.email(), contact.language(), contact.changedAt()));
        return Outcome.accepted(Done.ONCE);
    }
}
