package dev.gavel.notifications;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Unavailable;
import dev.gavel.kernel.UseCase;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// Sends a code of 6 digits to the phone number the caller gives: at most 3 an hour and 5 a day, counted before
/// they are sent. The same request again gets the same code. Refusals: {@link NotificationRejected} `TooManyCodes`,
/// `Invalid`.
public final class RegisterPhone implements UseCase<RegisterPhone.Command, RegisterPhone.Receipt> {

    record Command(PhoneNumber phone) {}

    /// @param expiresAt until when the code is good
    record Receipt(Instant expiresAt) {}

    private final Readers readers;
    private final TextMessages texts;
    private final RandomGenerator random;

    /// @param random whose next number nobody can guess
    RegisterPhone(Readers readers, TextMessages texts, RandomGenerator random) {
        this.readers = readers;
        this.texts = texts;
        this.random = random;
    }

    @Override
    public Outcome<Receipt> apply(Call<Command> call) {
        Instant now = call.receivedAt();
        Reader reader = readers.find(call.user());
        PhoneNumber number = call.command().phone();
        PhoneCheck check = reader.check();
        if (check == null || !check.isFor(number, call.requestId()) || !check.alive(now)) {
            if (!reader.mayGetCode(now)) {
                return Outcome.rejected(new NotificationRejected.TooManyCodes());
            }
            check = PhoneCheck.of(number, "%06d".formatted(random.nextInt(1_000_000)), now, call.requestId());
            // Of several requests at once only one gets beyond this.
            readers.save(reader.checking(check, now));
        }
        String text = Wording.in(reader.preferences().language()).code(check.code());
        return switch (texts.send(number, text, reader.userId() + "-" + check.key())) {
            case Sending.Sent _ -> Outcome.accepted(new Receipt(check.expiresAt()));
            case Sending.Refused _, Sending.Gone _ ->
                Outcome.rejected(new NotificationRejected.Invalid("phone", "this number cannot be reached"));
            case Sending.Unclear(String why) -> throw new Unavailable("the code cannot be sent now: " + why);
        };
    }
}
