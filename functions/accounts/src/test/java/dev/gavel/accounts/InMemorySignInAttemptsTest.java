package dev.gavel.accounts;

class InMemorySignInAttemptsTest extends SignInAttemptsContract {

    private final InMemorySignInAttempts attempts = new InMemorySignInAttempts();

    @Override
    SignInAttempts attempts() {
        return attempts;
    }
}
