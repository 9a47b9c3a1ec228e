package dev.gavel.backends;

import org.jspecify.annotations.Nullable;

/// The servers cannot be started or found. The message is one sentence for the person at the keyboard and
/// says what to do.
public final class BackendFailure extends RuntimeException {
    BackendFailure(String sentence) {
        super(sentence);
    }

    BackendFailure(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
