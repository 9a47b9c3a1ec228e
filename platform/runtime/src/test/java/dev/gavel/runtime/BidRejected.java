package dev.gavel.runtime;

import dev.gavel.kernel.Money;
import dev.gavel.kernel.Rejection;

/// Refusals of the sample use cases, one of each kind.
sealed interface BidRejected extends Rejection {

    record TooLow(Money minimum) implements BidRejected {
        @Override
        public Kind kind() {
            return Kind.INVALID;
        }

        @Override
        public String detail() {
            return "Bid at least " + minimum + ".";
        }
    }

    record OfKind(Kind kind) implements BidRejected {
        @Override
        public String detail() {
            return "No.";
        }
    }
}
