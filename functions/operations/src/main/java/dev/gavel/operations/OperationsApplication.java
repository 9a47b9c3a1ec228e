package dev.gavel.operations;

import dev.gavel.runtime.FunctionHost;

/// Runs the function of this context that `SPRING_CLOUD_FUNCTION_DEFINITION` names.
public final class OperationsApplication {

    private OperationsApplication() {}

    public static void main(String[] args) {
        FunctionHost.run(OperationsFunctions.class);
    }
}
