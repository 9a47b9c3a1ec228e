package dev.gavel.payments;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.PaymentId;
import dev.gavel.kernel.Unavailable;
import dev.gavel.kernel.UseCase;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// Gives the buyer the gateway's page on which to agree to pay. Nothing is charged by it: that is
/// {@link ConfirmPayment}, with what the page gives. Refusals: {@link PaymentRejected}.
public final class OpenCheckout implements UseCase<OpenCheckout.Command, OpenCheckout.Checkout> {

    public record Command(OrderId orderId) {}

    /// @param url where to send the buyer's browser
    /// @param amount what the page asks for
    public record Checkout(URI url, Money amount) {}

    private final Payments payments;
    private final PaymentGateway gateway;
    private final URI site;

    /// @param site where our own pages are; the gateway's page comes back to `pay.html` there
    OpenCheckout(Payments payments, PaymentGateway gateway, URI site) {
        this.payments = payments;
        this.gateway = gateway;
        this.site = site;
    }

    @Override
    public Outcome<Checkout> apply(Call<Command> call) {
        OrderId orderId = call.command().orderId();
        Optional<Payment> found = payments.find(PaymentId.of(orderId));
        if (found.isEmpty() || !found.get().boughtBy(call.user())) {
            return Outcome.rejected(new PaymentRejected.Missing());
        }
        Payment payment = found.get();
        return switch (payment.status()) {
            case DUE -> open(payment, call.receivedAt());
            case VOID -> Outcome.rejected(new PaymentRejected.OrderCancelled());
            case CONFIRMING -> Outcome.rejected(new PaymentRejected.AnotherRunning());
            case HELD, SETTLING, SETTLED -> Outcome.rejected(new PaymentRejected.AlreadyMade());
        };
    }

    private Outcome<Checkout> open(Payment payment, Instant now) {
        Terms terms = payment.agreed();
        if (!now.isBefore(terms.payBy())) {
            return Outcome.rejected(new PaymentRejected.TooLate(terms.payBy()));
        }
        String back = "/pay.html?order=" + payment.orderId().value();
        // A page that was opened and left is worth nothing later, so each time it is a new one.
        String key = payment.paymentId().value() + "-checkout-" + now.toEpochMilli();
        return switch (gateway.open(
                payment.orderId(), terms.amount(), site.resolve(back), site.resolve(back + "&failed=1"), key)) {
            case PaymentGateway.Ready ready -> Outcome.accepted(new Checkout(ready.page(), terms.amount()));
            case PaymentGateway.Declined declined -> Outcome.rejected(new PaymentRejected.Declined(declined.code()));
            case PaymentGateway.Unknown unknown ->
                throw new Unavailable("the payment gateway gave no page: " + unknown.why());
        };
    }
}
