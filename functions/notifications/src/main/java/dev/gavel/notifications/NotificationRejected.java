package dev.gavel.notifications;

import dev.gavel.kernel.Rejection;

/// Why something asked of notifications was refused.
sealed interface NotificationRejected extends Rejection {

    record Invalid(String member, String detail) implements NotificationRejected {
        @Override
        public Kind kind() {
            return Kind.INVALID;
        }
    }

    record TooManyCodes() implements NotificationRejected {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String detail() {
            return "There are at most 3 codes an hour and 5 a day; please try again later.";
        }
    }

    /// The same for a wrong code, an old one and none at all.
    record WrongCode() implements NotificationRejected {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String detail() {
            return "This is not the code, or it is older than 10 minutes, or it was tried 5 times; ask for a new one.";
        }
    }
}
