package dev.gavel.accounts;

/// The keys that access tokens are signed with.
interface SigningKeys {

    /// All there are, the oldest first.
    KeyRing ring();

    /// Adds a key; false when there is one of this generation already, which then counts.
    boolean add(SigningKey key);

    /// Destroys a key; does nothing when it is gone.
    void remove(SigningKey key);
}
