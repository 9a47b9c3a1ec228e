package dev.gavel.operations;

import dev.gavel.kernel.Rejection;

/// Why something asked of a dead letter was refused.
sealed interface DeadLetterRejected extends Rejection {

    record Unknown() implements DeadLetterRejected {
        @Override
        public Kind kind() {
            return Kind.MISSING;
        }

        @Override
        public String detail() {
            return "There is no such dead letter; they are kept for 30 days.";
        }
    }

    record OriginUnknown(String eventType) implements DeadLetterRejected {
        @Override
        public Kind kind() {
            return Kind.INVALID;
        }

        @Override
        public String detail() {
            return "No Broker is known to take events of this type, so it cannot be redelivered from here.";
        }
    }

    record TooLarge(int longest) implements DeadLetterRejected {
        @Override
        public Kind kind() {
            return Kind.INVALID;
        }

        @Override
        public String detail() {
            return "Only the first " + longest + " bytes of the event's data are kept, so it cannot be redelivered from"
                    + " here; the topic of the Broker dead-letters has the whole event for 30 days.";
        }
    }

    record QueryInvalid(String member, String detail) implements DeadLetterRejected {
        @Override
        public Kind kind() {
            return Kind.INVALID;
        }
    }
}
