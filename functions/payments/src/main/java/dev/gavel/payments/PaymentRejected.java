package dev.gavel.payments;

import dev.gavel.kernel.Money;
import dev.gavel.kernel.Rejection;
import java.time.Instant;

/// Why something asked of a payment was refused.
sealed interface PaymentRejected extends Rejection {

    /// There is none, or it is not the caller's business.
    record Missing() implements PaymentRejected {
        @Override
        public Kind kind() {
            return Kind.MISSING;
        }

        @Override
        public String detail() {
            return "There is no such order to pay; check the id. A new order takes a moment to arrive.";
        }
    }

    record AmountDiffers(Money due) implements PaymentRejected {
        @Override
        public Kind kind() {
            return Kind.INVALID;
        }

        @Override
        public String detail() {
            return "Exactly " + due + " are to be paid. Nothing was charged.";
        }
    }

    record TooLate(Instant payBy) implements PaymentRejected {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String detail() {
            return "The time to pay ended at " + payBy + ". Nothing was charged.";
        }
    }

    record OrderCancelled() implements PaymentRejected {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String detail() {
            return "The order was cancelled and cannot be paid any more. Nothing was charged.";
        }
    }

    record AnotherRunning() implements PaymentRejected {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String detail() {
            return "Another payment of this order is being confirmed: wait for its outcome.";
        }
    }

    record AlreadyMade() implements PaymentRejected {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String detail() {
            return "This order is paid already. Nothing more was charged.";
        }
    }

    /// @param code the gateway's
    record Declined(String code) implements PaymentRejected {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String detail() {
            return "The payment was declined (" + code + "). Nothing was charged: try again or pay another way.";
        }
    }
}
