package dev.gavel.runtime;

import dev.gavel.kernel.Caller;
import dev.gavel.kernel.UserId;
import java.util.Set;

/// Believes every token: `usr_…` is that user, `usr_…+operator` that user as an operator. For tests and
/// benches where signatures are not the point; never wire it in production.
public final class TrustingCallerVerifier implements CallerVerifier {

    @Override
    public Caller.User verify(String token) {
        int plus = token.indexOf('+');
        try {
            UserId id = new UserId(plus < 0 ? token : token.substring(0, plus));
            return new Caller.User(id, plus < 0 ? Set.of() : Set.of(token.substring(plus + 1)));
        } catch (IllegalArgumentException e) {
            throw new TokenRefused("The token must be a user id here: " + e.getMessage() + ".");
        }
    }
}
