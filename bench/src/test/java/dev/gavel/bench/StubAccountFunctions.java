package dev.gavel.bench;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import dev.gavel.kernel.UserId;
import dev.gavel.runtime.CallerVerifier;
import dev.gavel.runtime.FactPublisher;
import dev.gavel.runtime.HttpRoute;
import dev.gavel.runtime.HttpRoute.Access;
import dev.gavel.runtime.HttpRoute.Repeats;
import dev.gavel.runtime.ReceiptTime;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/// Stands in for the accounts context: everybody may sign in, and a token is the user's id. It lets
/// requests say when they count as received, as the local runner does for a replay, and drops facts.
@Lazy
@Configuration(proxyBeanMethods = false)
public class StubAccountFunctions {

    @Bean
    @HttpRoute(value = "POST /v1/users", access = Access.ANYONE, success = 202, repeats = Repeats.OWN)
    public Register registerUser() {
        return new Register();
    }

    @Bean
    @HttpRoute(value = "POST /v1/tokens", access = Access.ANYONE, repeats = Repeats.OWN)
    public SignIn issueToken() {
        return new SignIn();
    }

    @Bean
    CallerVerifier callerVerifier() {
        return token -> new Caller.User(new UserId(token), Set.of());
    }

    @Bean
    FactPublisher factPublisher() {
        return _ -> {};
    }

    @Bean
    ReceiptTime receiptTime(Clock clock) {
        return headers -> {
            String at = headers.get("gavel-replay-time");
            return at == null ? clock.instant() : Instant.parse(at);
        };
    }

    public static final class Register implements UseCase<Register.Command, Map<String, String>> {
        public record Command(String email, String password, String displayName) {}

        @Override
        public Outcome<Map<String, String>> apply(Call<Command> call) {
            return Outcome.accepted(Map.of("status", "accepted"));
        }
    }

    public static final class SignIn implements UseCase<SignIn.Command, SignIn.Receipt> {
        public record Command(String email, String password) {}

        public record Receipt(
                String accessToken, String tokenType, long expiresIn, String refreshToken, String userId) {}

        @Override
        public Outcome<Receipt> apply(Call<Command> call) {
            String id = id(call.command().email());
            return Outcome.accepted(new Receipt(id, "Bearer", 36_000, "none", id));
        }

        private static String id(String email) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(email.getBytes(StandardCharsets.UTF_8));
                String digits = new BigInteger(1, digest).toString(16).toUpperCase(Locale.ROOT);
                return "usr_" + digits.substring(0, 26);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
