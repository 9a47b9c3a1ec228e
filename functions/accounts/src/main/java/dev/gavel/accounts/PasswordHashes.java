package dev.gavel.accounts;

import org.jspecify.annotations.Nullable;

/// Hashes of passwords that are slow and take much memory to compute, so that a stolen one is hard to guess.
interface PasswordHashes {

    /// A salted hash that carries its own parameters.
    ///
    /// @throws dev.gavel.kernel.Unavailable when too many others are being computed
    String hash(Password password);

    /// Whether the hash was made of this password. Without a hash the answer is no, after the same work as
    /// with one.
    ///
    /// @throws dev.gavel.kernel.Unavailable when too many others are being computed
    boolean matches(Password password, @Nullable String hash);
}
