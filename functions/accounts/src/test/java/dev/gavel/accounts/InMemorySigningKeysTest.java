package dev.gavel.accounts;

class InMemorySigningKeysTest extends SigningKeysContract {

    private final InMemorySigningKeys keys = new InMemorySigningKeys();

    @Override
    SigningKeys keys() {
        return keys;
    }
}
