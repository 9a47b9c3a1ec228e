package dev.gavel.orders;

import dev.gavel.runtime.FunctionHost;

/// Runs the function of this context that `SPRING_CLOUD_FUNCTION_DEFINITION` names.
public final class OrdersApplication {

    private OrdersApplication() {}

    public static void main(String[] args) {
        FunctionHost.run(OrderFunctions.class);
    }
}
