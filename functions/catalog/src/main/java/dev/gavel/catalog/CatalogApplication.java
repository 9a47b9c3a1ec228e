package dev.gavel.catalog;

import dev.gavel.runtime.FunctionHost;

/// Runs the function of this context that `SPRING_CLOUD_FUNCTION_DEFINITION` names.
public final class CatalogApplication {

    private CatalogApplication() {}

    public static void main(String[] args) {
        FunctionHost.run(CatalogFunctions.class);
    }
}
