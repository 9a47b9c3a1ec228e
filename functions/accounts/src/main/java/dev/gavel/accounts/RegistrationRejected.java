package dev.gavel.accounts;

import dev.gavel.kernel.Rejection;

/// Why a registration cannot be: always something about the request itself, never whether an address is
/// taken.
sealed interface RegistrationRejected extends Rejection {

    @Override
    default Kind kind() {
        return Kind.INVALID;
    }

    record InvalidEmail() implements RegistrationRejected {
        @Override
        public String detail() {
            return "email must be an e-mail address such as anna@example.com.";
        }
    }

    record WeakPassword(Password.Weakness weakness) implements RegistrationRejected {
        @Override
        public String detail() {
            return switch (weakness) {
                case TOO_SHORT -> "password must have at least " + Password.MIN_LENGTH + " characters.";
                case TOO_LONG -> "password must have at most " + Password.MAX_LENGTH + " characters.";
                case IS_THE_EMAIL -> "password must not be your e-mail address.";
                case TOO_COMMON -> "This password is one of the first that would be tried; please choose another.";
            };
        }
    }

    record InvalidDisplayName() implements RegistrationRejected {
        @Override
        public String detail() {
            return DisplayName.RULE;
        }
    }
}
