package dev.gavel.payments;

import dev.gavel.runtime.FunctionHost;

/// Runs the function of this context that `SPRING_CLOUD_FUNCTION_DEFINITION` names.
public final class PaymentsApplication {

    private PaymentsApplication() {}

    public static void main(String[] args) {
        FunctionHost.run(PaymentFunctions.class);
    }
}
