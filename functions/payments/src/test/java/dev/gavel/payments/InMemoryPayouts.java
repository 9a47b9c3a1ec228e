package dev.gavel.payments;

import dev.gavel.kernel.Money;
import dev.gavel.kernel.PaymentId;
import dev.gavel.kernel.UserId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A payout provider that only counts; it can be told to answer otherwise once, after or before doing it.
final class InMemoryPayouts implements Payouts {

    private final Map<String, Money> sent = new HashMap<>();
    private @Nullable Supplier<Result> next;
    private boolean doing = true;
    private boolean forgetful;

    @Override
    public synchronized Result send(PaymentId paymentId, UserId sellerId, Money amount, String idempotencyKey) {
        if (doing) {
            sent.putIfAbsent(forgetful ? idempotencyKey + "#" + sent.size() : idempotencyKey, amount);
        }
        Supplier<Result> now = next;
        next = null;
        doing = true;
        return now == null ? new Sent() : now.get();
    }

    synchronized void next(boolean done, Supplier<Result> result) {
        doing = done;
        next = result;
    }

    /// Forgets idempotency keys, as no provider should.
    synchronized void forget() {
        forgetful = true;
    }

    synchronized Map<String, Money> sent() {
        return Map.copyOf(sent);
    }
}
