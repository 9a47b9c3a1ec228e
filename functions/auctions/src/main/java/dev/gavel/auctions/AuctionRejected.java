package dev.gavel.auctions;

import dev.gavel.kernel.Rejection;
import java.time.Instant;

/// Why something asked of an auction, other than a bid, was refused.
sealed interface AuctionRejected extends Rejection {

    record Unknown() implements AuctionRejected {
        @Override
        public Kind kind() {
            return Kind.MISSING;
        }

        @Override
        public String detail() {
            return "There is no such auction; check the id.";
        }
    }

    record TermsInvalid(String member, String detail) implements AuctionRejected {
        @Override
        public Kind kind() {
            return Kind.INVALID;
        }
    }

    record SomeoneElses() implements AuctionRejected {
        @Override
        public Kind kind() {
            return Kind.FORBIDDEN;
        }

        @Override
        public String detail() {
            return "Only the seller can do this.";
        }
    }

    record AlreadyEnded(Instant at) implements AuctionRejected {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String detail() {
            return "The auction ended at " + at + " and stays as it is.";
        }
    }

    record TooLateToCancel(Instant until) implements AuctionRejected {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String detail() {
            return "An auction with bids can be cancelled until 12 hours before its end, which was " + until + ".";
        }
    }

    record QueryInvalid(String member, String detail) implements AuctionRejected {
        @Override
        public Kind kind() {
            return Kind.INVALID;
        }
    }
}
