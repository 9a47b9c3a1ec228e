package dev.gavel.payments;

import dev.gavel.kernel.Money;
import dev.gavel.kernel.OrderId;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A gateway in memory with books of its own. What is done under an idempotency key is done once.
final class InMemoryGateway implements PaymentGateway {

    /// What is to happen to the next call.
    enum Mood {
        NORMAL,
        DECLINE,
        /// Does it, and nobody learns of it.
        LOSE_THE_ANSWER,
        LOSE_THE_REQUEST
    }

    private final Map<OrderId, Charge> books = new HashMap<>();
    private final Map<String, Result> replies = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private Mood mood = Mood.NORMAL;
    private boolean away;

    synchronized void next(Mood other) {
        mood = other;
    }

    /// Answers no question any more, or again.
    synchronized void away(boolean now) {
        away = now;
    }

    synchronized void write(Charge charge) {
        books.put(charge.orderId(), charge);
    }

    synchronized Optional<Charge> read(OrderId order) {
        return Optional.ofNullable(books.get(order));
    }

    /// The idempotency keys under which something was really done, in order.
    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public synchronized Opening open(OrderId orderId, Money amount, URI paid, URI failed, String idempotencyKey) {
        return away ? new Unknown("TIMEOUT") : new Ready(paid.resolve("/checkout/" + orderId.value()));
    }

    @Override
    public synchronized Result confirm(PaymentKey paymentKey, OrderId orderId, Money amount, String idempotencyKey) {
        return once(idempotencyKey, () -> new Charge(paymentKey, orderId, Stage.CHARGED, amount, amount.zero()));
    }

    @Override
    public synchronized Result cancel(PaymentKey paymentKey, Money amount, String reason, String idempotencyKey) {
        Charge before = books.values().stream()
                .filter(charge -> charge.paymentKey().equals(paymentKey))
                .findFirst()
                .orElseThrow();
        return once(
                idempotencyKey,
                () -> new Charge(
                        paymentKey,
                        before.orderId(),
                        Stage.CHARGED,
                        before.total(),
                        before.refunded().plus(amount)));
    }

    private Result once(String key, java.util.function.Supplier<Charge> work) {
        Mood now = mood;
        mood = Mood.NORMAL;
        if (now == Mood.LOSE_THE_REQUEST || away) {
            return new Unknown("TIMEOUT");
        }
        if (now == Mood.DECLINE) {
            replies.putIfAbsent(key, new Declined("REJECT_CARD_PAYMENT"));
        }
        Result reply = replies.get(key);
        if (reply == null) {
            Charge charge = work.get();
            books.put(charge.orderId(), charge);
            calls.add(key);
            reply = new Approved(charge);
            replies.put(key, reply);
        }
        return now == Mood.LOSE_THE_ANSWER ? new Unknown("TIMEOUT") : reply;
    }

    @Override
    public synchronized Lookup find(OrderId orderId) {
        if (away) {
            return new Unknown("TIMEOUT");
        }
        Charge charge = books.get(orderId);
        return charge == null ? new NotFound() : new Found(charge);
    }
}
