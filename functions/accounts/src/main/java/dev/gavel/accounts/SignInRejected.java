package dev.gavel.accounts;

import dev.gavel.kernel.Rejection;

/// Why somebody cannot sign in. Neither case tells whether the address is registered.
sealed interface SignInRejected extends Rejection {

    @Override
    default Kind kind() {
        return Kind.UNAUTHENTICATED;
    }

    record WrongCredentials() implements SignInRejected {
        @Override
        public String detail() {
            return "The e-mail address or the password is wrong.";
        }
    }

    /// @param minutes after how many minutes at the latest it is worth another try
    record TooManyAttempts(long minutes) implements SignInRejected {
        @Override
        public String detail() {
            return "There were too many attempts for this e-mail address; please try again in " + minutes + " minutes.";
        }
    }
}
