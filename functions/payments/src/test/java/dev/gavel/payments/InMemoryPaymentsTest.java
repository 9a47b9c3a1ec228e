package dev.gavel.payments;

class InMemoryPaymentsTest implements PaymentsContract {

    @Override
    public Payments payments() {
        return new InMemoryPayments();
    }
}
