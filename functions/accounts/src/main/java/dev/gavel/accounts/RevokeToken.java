package dev.gavel.accounts;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;

/// Signs out: ends the session of a refresh token. It is never refused, for afterwards the token is good
/// for nothing whatever it was before. Access tokens stay good until they expire.
final class RevokeToken implements UseCase<RevokeToken.Command, RevokeToken.Receipt> {

    record Command(Secret refreshToken) {}

    record Receipt(String status) {}

    private final Sessions sessions;

    RevokeToken(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Outcome<Receipt> apply(Call<Command> call) {
        SessionToken.parse(call.command().refreshToken())
                .ifPresent(token -> sessions.revoke(token.familyId(), call.receivedAt()));
        return Outcome.accepted(new Receipt("revoked"));
    }
}
