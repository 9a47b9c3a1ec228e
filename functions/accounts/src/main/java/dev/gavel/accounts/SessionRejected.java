package dev.gavel.accounts;

import dev.gavel.kernel.Rejection;

/// Why a session does not go on.
sealed interface SessionRejected extends Rejection {

    @Override
    default Kind kind() {
        return Kind.UNAUTHENTICATED;
    }

    record Ended() implements SessionRejected {
        @Override
        public String detail() {
            return "This session has ended; please sign in again.";
        }
    }

    record Reused() implements SessionRejected {
        @Override
        public String detail() {
            return "This refresh token was used before, so the session was ended to be safe; please sign in again.";
        }
    }
}
