package dev.gavel.runtime;

import org.jspecify.annotations.Nullable;

/// The host cannot start as it is set up; the message is one sentence that says what to change.
public final class CannotStart extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CannotStart(String message) {
        super(message);
    }

    public CannotStart(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
