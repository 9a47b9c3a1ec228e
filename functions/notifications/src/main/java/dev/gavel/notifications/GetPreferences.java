package dev.gavel.notifications;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;

/// Shows how the caller wants to be told.
public final class GetPreferences implements UseCase<GetPreferences.Query, PreferencesView> {

    public record Query() {}

    private final Readers readers;

    GetPreferences(Readers readers) {
        this.readers = readers;
    }

    @Override
    public Outcome<PreferencesView> apply(Call<Query> call) {
        return Outcome.accepted(PreferencesView.of(readers.find(call.user())));
    }
}
