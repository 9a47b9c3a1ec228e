package dev.gavel.shipping;

import dev.gavel.runtime.FunctionHost;

/// Runs the function of this context that `SPRING_CLOUD_FUNCTION_DEFINITION` names.
public final class ShippingApplication {

    private ShippingApplication() {}

    public static void main(String[] args) {
        FunctionHost.run(ShippingFunctions.class);
    }
}
