package dev.gavel.payments;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.PaymentId;
import dev.gavel.kernel.UseCase;

/// Shows the payment of an order to its buyer and its seller; to everybody else there is none. Refusals:
/// {@link PaymentRejected} `Missing`.
public final class GetPayment implements UseCase<GetPayment.Query, PaymentView> {

    public record Query(OrderId orderId) {}

    private final Payments payments;

    GetPayment(Payments payments) {
        this.payments = payments;
    }

    @Override
    public Outcome<PaymentView> apply(Call<Query> call) {
        return payments.find(PaymentId.of(call.command().orderId()))
                .filter(payment -> payment.boughtBy(call.user()) || payment.soldBy(call.user()))
                .map(payment -> Outcome.accepted(PaymentView.of(payment, call.user())))
                .orElseGet(() -> Outcome.rejected(new PaymentRejected.Missing()));
    }
}
