package dev.gavel.notifications;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// Confirms the caller's phone number with the code that was sent there; from then on it gets text messages. The same
/// request again changes nothing.
/// Refusals: {@link NotificationRejected} `WrongCode`.
public final class ConfirmPhone implements UseCase<ConfirmPhone.Command, PreferencesView> {

    record Command(String code) {
        @Override
        public String toString() {
            return "Command[]";
        }
    }

    private final Readers readers;

    ConfirmPhone(Readers readers) {
        this.readers = readers;
    }

    @Override
    public Outcome<PreferencesView> apply(Call<Command> call) {
        Reader reader = readers.find(call.user());
        PhoneCheck check = reader.check();
        if (check != null && call.requestId().equals(check.confirmedBy())) {
            return Outcome.accepted(PreferencesView.of(reader));
        }
        if (check == null || !check.alive(call.receivedAt())) {
            return Outcome.rejected(new NotificationRejected.WrongCode());
        }
        boolean right =
                MessageDigest.isEqual(bytes(check.code()), bytes(call.command().code()));
        Reader next = right ? reader.confirmed(check.confirmed(call.requestId())) : reader.tried(check.tried());
        // Written before it is told whether it was right: of many guesses at once only one counts and is answered.
        readers.save(next);
        return right
                ? Outcome.accepted(PreferencesView.of(next))
                : Outcome.rejected(new NotificationRejected.WrongCode());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
