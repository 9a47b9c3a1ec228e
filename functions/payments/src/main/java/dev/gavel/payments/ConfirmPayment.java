package dev.gavel.payments;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.PaymentId;
import dev.gavel.kernel.UseCase;
import dev.gavel.payments.Cashier.By;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Takes the buyer's money into escrow. The intent is written before the gateway is called; when it does not
/// answer, the payment stays `confirming` and its outcome is found later. What was declined under a payment key stays
/// declined under it. Refusals: {@link PaymentRejected}.
public final class ConfirmPayment implements UseCase<ConfirmPayment.Command, PaymentView> {

    /// @param paymentKey what the gateway gave the buyer's page
    /// @param amount what the buyer was shown; it must be exactly what is due
    public record Command(OrderId orderId, PaymentKey paymentKey, Money amount) {}

    private final Payments payments;
    private final Cashier cashier;

    ConfirmPayment(Payments payments, Cashier cashier) {
        this.payments = payments;
        this.cashier = cashier;
    }

    @Override
    public Outcome<PaymentView> apply(Call<Command> call) {
        Command command = call.command();
        Optional<Payment> found = payments.find(PaymentId.of(command.orderId()));
        if (found.isEmpty() || !found.get().boughtBy(call.user())) {
            return Outcome.rejected(new PaymentRejected.Missing());
        }
        Payment payment = found.get();
        Terms terms = payment.agreed();
        if (!terms.amount().equals(command.amount())) {
            return Outcome.rejected(new PaymentRejected.AmountDiffers(terms.amount()));
        }
        boolean repeated = command.paymentKey().equals(payment.paymentKey());
        return switch (payment.status()) {
            // A new try starts on the gateway's page, which gives it another key.
            case DUE -> repeated ? declined(payment) : confirm(payment, call);
            case VOID -> repeated ? declined(payment) : Outcome.rejected(new PaymentRejected.OrderCancelled());
            case CONFIRMING -> repeated ? seen(payment, call) : Outcome.rejected(new PaymentRejected.AnotherRunning());
            case HELD, SETTLING, SETTLED ->
                repeated ? seen(payment, call) : Outcome.rejected(new PaymentRejected.AlreadyMade());
        };
    }

    private Outcome<PaymentView> confirm(Payment due, Call<Command> call) {
        Instant now = call.receivedAt();
        Instant payBy = due.agreed().payBy();
        if (!now.isBefore(payBy)) {
            return Outcome.rejected(new PaymentRejected.TooLate(payBy));
        }
        Payment confirming = PaymentRules.asked(due, call.command().paymentKey(), now);
        payments.save(confirming, null, List.of());
        Payment after = cashier.confirm(confirming, new By(ConfirmPayment.class, now));
        return switch (after.status()) {
            case DUE, VOID -> declined(after);
            case CONFIRMING, HELD, SETTLING, SETTLED -> seen(after, call);
        };
    }

    private static Outcome<PaymentView> declined(Payment payment) {
        return Outcome.rejected(new PaymentRejected.Declined(Objects.requireNonNullElse(payment.trouble(), "UNKNOWN")));
    }

    private static Outcome<PaymentView> seen(Payment payment, Call<Command> call) {
        return Outcome.accepted(PaymentView.of(payment, call.user()));
    }
}
