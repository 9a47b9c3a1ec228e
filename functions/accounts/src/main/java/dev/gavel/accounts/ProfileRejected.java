package dev.gavel.accounts;

import dev.gavel.kernel.Rejection;

/// Why a profile cannot be shown or changed.
sealed interface ProfileRejected extends Rejection {

    record Unknown() implements ProfileRejected {
        @Override
        public Kind kind() {
            return Kind.MISSING;
        }

        @Override
        public String detail() {
            return "There is no such user.";
        }
    }

    record InvalidDisplayName() implements ProfileRejected {
        @Override
        public Kind kind() {
            return Kind.INVALID;
        }

        @Override
        public String detail() {
            return DisplayName.RULE;
        }
    }
}
