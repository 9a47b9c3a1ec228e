package dev.gavel.runtime;

/// A token that proves nothing; the message is one sentence for its sender: what is wrong and what to do.
public final class TokenRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TokenRefused(String message) {
        super(message, null, false, false);
    }
}
