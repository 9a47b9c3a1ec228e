package dev.gavel.accounts;

import dev.gavel.runtime.FunctionHost;

/// Runs one use case of this context, the one that `SPRING_CLOUD_FUNCTION_DEFINITION` names.
public final class AccountsApplication {

    private AccountsApplication() {}

    public static void main(String[] args) {
        FunctionHost.run(AccountFunctions.class);
    }
}
