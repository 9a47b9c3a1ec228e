package dev.gavel.notifications;

import dev.gavel.events.NoticeEvent.Channel;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Replaces how the caller wants to be told. What is left out is as if never chosen. Refusals:
/// {@link NotificationRejected} `Invalid`.
public final class UpdatePreferences implements UseCase<UpdatePreferences.Command, PreferencesView> {

    /// @param zone a zone such as `Asia/Seoul`, which it is when absent
    /// @param quietHours when neither SMS nor push is wanted; never when absent
    record Command(
            Language language,
            @Nullable String zone,
            @Nullable QuietHours quietHours,
            @Nullable Map<Kind, Map<Channel, Boolean>> channels) {}

    private final Readers readers;

    UpdatePreferences(Readers readers) {
        this.readers = readers;
    }

    @Override
    public Outcome<PreferencesView> apply(Call<Command> call) {
        Command command = call.command();
        ZoneId zone;
        try {
            zone = command.zone() == null ? Preferences.DEFAULT.zone() : ZoneId.of(command.zone());
        } catch (DateTimeException _) {
            return Outcome.rejected(new NotificationRejected.Invalid("zone", "send a zone such as Asia/Seoul"));
        }
        QuietHours quiet = command.quietHours();
        if (quiet != null && quiet.from().equals(quiet.to())) {
            return Outcome.rejected(
                    new NotificationRejected.Invalid("quietHours", "send hours that end when they do not begin"));
        }
        Preferences next = new Preferences(
                command.language(), zone, quiet, command.channels() == null ? Map.of() : command.channels());
        Reader after = readers.change(
                call.user(), reader -> reader.preferences().equals(next) ? reader : reader.prefers(next));
        return Outcome.accepted(PreferencesView.of(after));
    }
}
