package dev.gavel.runtime;

import dev.gavel.kernel.Caller;
import java.util.function.Supplier;

/// Finds out who calls over HTTP, and whether a route admits them.
final class Callers {

    private static final String SCHEME = "Bearer ";
    private static final String OPERATOR = "operator";

    // Made at the first token: a route that nobody signs in to never fetches keys.
    private final Supplier<CallerVerifier> verifier;

    Callers(Supplier<CallerVerifier> verifier) {
        this.verifier = verifier;
    }

    /// @throws Refused with 401 or 403 when the route is not for whoever this is
    Caller admitted(Exchange exchange, HttpRoute.Access access) {
        String authorization = exchange.header("Authorization");
        if (authorization == null) {
            if (access == HttpRoute.Access.ANYONE) {
                return Caller.ANONYMOUS;
            }
            throw unauthenticated("Sign in first: send `Authorization: Bearer` and an access token.", "Bearer");
        }
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw unauthenticated("Only `Authorization: Bearer` and an access token are understood here.", "Bearer");
        }
        Caller.User user;
        try {
            user = verifier.get()
                    .verify(authorization.substring(SCHEME.length()).strip());
        } catch (TokenRefused e) {
            throw unauthenticated(String.valueOf(e.getMessage()), "Bearer error=\"invalid_token\"");
        }
        if (access == HttpRoute.Access.OPERATOR && !user.roles().contains(OPERATOR)) {
            throw new Refused(
                    Problem.of(403, "operators-only", "Only operators may do this.", Meters.Result.FORBIDDEN));
        }
        return user;
    }

    private static Refused unauthenticated(String detail, String challenge) {
        return new Refused(Problem.of(401, "unauthenticated", detail, Meters.Result.UNAUTHENTICATED)
                .with("www-authenticate", challenge));
    }
}
