package dev.gavel.payments;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.PaymentId;
import dev.gavel.kernel.UseCase;
import dev.gavel.payments.Cashier.By;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The gateway, or anybody who says to be it, tells that something happened to a payment. Nothing of
/// that is believed: only the order is taken from it, and what happened is asked from the gateway's own
/// books. Whatever is not about a payment that waits for its money changes nothing.
public final class HandleGatewayWebhook implements UseCase<HandleGatewayWebhook.Command, Done> {

    /// A changed payment has the order in `data`, a deposit has it beside. The gateway may add what it
    /// likes.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Command(@Nullable JsonNode data, @Nullable OrderId orderId) {

        /// A payment has a secret that must not reach a log.
        @Override
        public String toString() {
            return "webhook";
        }
    }

    private final Payments payments;
    private final Cashier cashier;

    HandleGatewayWebhook(Payments payments, Cashier cashier) {
        this.payments = payments;
        this.cashier = cashier;
    }

    @Override
    public Outcome<Done> apply(Call<Command> call) {
        Optional<Payment> found = order(call.command()).map(PaymentId::of).flatMap(payments::find);
        if (found.isEmpty()) {
            return Outcome.accepted(Done.NOTHING);
        }
        Payment after = cashier.carryOn(found.get(), new By(HandleGatewayWebhook.class, call.receivedAt()));
        return Outcome.accepted(after.status() == found.get().status() ? Done.NOTHING : Done.ONCE);
    }

    private static Optional<OrderId> order(Command command) {
        if (command.orderId() != null) {
            return Optional.of(command.orderId());
        }
        JsonNode data = command.data();
        JsonNode order = data == null ? null : data.get("orderId");
        if (order == null || !order.isString()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new OrderId(order.stringValue()));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
