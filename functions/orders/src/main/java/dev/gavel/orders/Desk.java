package dev.gavel.orders;

import dev.gavel.events.Fact;
import dev.gavel.events.OrderEvent;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.UseCase;
import dev.gavel.orders.Orders.Role;
import dev.gavel.orders.Step.Change;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Takes one step of an order: loads it, decides, writes state and fact together, tells the fact. When
/// somebody else wrote first it decides again on what they left.
final class Desk {

    private static final int ATTEMPTS = 5;

    private final Orders orders;
    private final Terms terms;

    Desk(Orders orders, Terms terms) {
        this.orders = orders;
        this.terms = terms;
    }

    /// Chooses the step for an order as it is now; null for none.
    interface Choice {
        @Nullable
        Step on(Order order);
    }

    /// What became of a step.
    ///
    /// @param order as it is now
    /// @param taken whether the step applied
    record Taken(Order order, boolean taken) {}

    /// What became of the step; empty when there is no such order.
    ///
    /// @throws StaleWrite when others wrote again and again
    Optional<Taken> take(Class<? extends UseCase<?, ?>> useCase, OrderId id, Instant now, Choice choice) {
        return orders.find(id).map(order -> take(useCase, order, now, choice));
    }

    private Taken take(Class<? extends UseCase<?, ?>> useCase, Order known, Instant now, Choice choice) {
        Order order = known;
        for (int attempt = 1; ; attempt++) {
            Step step = choice.on(order);
            Change change = step == null ? null : step.on(order, terms, now);
            if (change == null) {
                return new Taken(order, false);
            }
            OrderEvent fact = change.fact();
            List<Fact<?>> facts = fact == null
                    ? List.of()
                    : List.of(Fact.of(useCase, change.next().facts(), now, fact));
            try {
                orders.save(change.next(), facts);
                orders.announce(facts);
                return new Taken(change.next(), true);
            } catch (StaleWrite stale) {
                if (attempt == ATTEMPTS) {
                    throw stale;
                }
                order = orders.find(order.orderId()).orElseThrow();
            }
        }
    }

    /// A step that a person asks for.
    ///
    /// @param done whether the order shows that the step was taken before: asking again is no mistake
    /// @param otherwise what to tell when the order is in no status for the step
    record Ask(Class<? extends UseCase<?, ?>> useCase, Step step, Predicate<Order> done, String otherwise) {}

    /// Takes a step for the buyer or the seller, and for nobody else.
    Outcome<OrderView> takeAs(Role role, OrderId id, Call<?> call, Ask ask) {
        Order order = orders.find(id).orElse(null);
        Role known = order == null ? null : role(order, call);
        if (order == null || known == null) {
            return Outcome.rejected(new OrderRejected.Unknown());
        }
        return known == role ? take(order, call, ask) : Outcome.rejected(new OrderRejected.NotForYou(role));
    }

    /// Takes a step of an order that has just been read, for whoever asks.
    Outcome<OrderView> take(Order known, Call<?> call, Ask ask) {
        Taken became = take(
                ask.useCase(), known, call.receivedAt(), order -> ask.done().test(order) ? null : ask.step());
        Order order = became.order();
        return became.taken() || ask.done().test(order)
                ? Outcome.accepted(OrderView.of(order))
                : Outcome.rejected(new OrderRejected.NotNow(order.status(), ask.otherwise()));
    }

    /// On which side the caller is; null when on neither.
    static @Nullable Role role(Order order, Call<?> call) {
        if (!(call.caller() instanceof Caller.User user)) {
            return null;
        }
        return user.id().equals(order.buyerId()) ? Role.BUYER : user.id().equals(order.sellerId()) ? Role.SELLER : null;
    }
}
