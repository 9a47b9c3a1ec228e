package dev.gavel.payments;

import dev.gavel.kernel.Money;
import dev.gavel.kernel.PaymentId;
import dev.gavel.kernel.UserId;
import dev.gavel.runtime.HttpCalls;
import dev.gavel.runtime.HttpCalls.Answer;
import dev.gavel.runtime.NoAnswer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A payout provider that is asked with `POST /v1/payouts` and an `Idempotency-Key`, and knows the sellers' bank
/// accounts itself. 2xx is sent, 4xx is refused, everything else is unclear.
final class HttpPayouts implements Payouts, AutoCloseable {

    private static final Set<Integer> UNCLEAR = Set.of(401, 403, 408, 409, 425, 429);

    private final HttpCalls http;

    /// @param token what to authenticate with, if the provider wants it
    HttpPayouts(URI base, @Nullable String token, Duration timeout) {
        this.http = new HttpCalls(base, token == null ? null : "Bearer " + token, timeout);
    }

    @Override
    public Result send(PaymentId paymentId, UserId sellerId, Money amount, String idempotencyKey) {
        try {
            Answer answer = http.post(
                    "/v1/payouts",
                    Map.of("paymentId", paymentId, "sellerId", sellerId, "amount", amount),
                    idempotencyKey);
            if (answer.good()) {
                return new Sent();
            }
            boolean refused = answer.status() >= 400 && answer.status() < 500 && !UNCLEAR.contains(answer.status());
            return refused ? new Refused(answer.code()) : new Unknown(answer.code());
        } catch (NoAnswer none) {
            return new Unknown(none.why());
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
