package dev.gavel.auctions;

import dev.gavel.kernel.Money;
import dev.gavel.kernel.Rejection;
import java.time.Instant;
import java.util.Currency;

/// Why a bid was not taken. A refused bid has changed nothing.
sealed interface BidRejected extends Rejection {

    record AuctionUnknown() implements BidRejected {
        @Override
        public Kind kind() {
            return Kind.MISSING;
        }

        @Override
        public String detail() {
            return "There is no such auction; check the id.";
        }
    }

    record OwnAuction() implements BidRejected {
        @Override
        public Kind kind() {
            return Kind.FORBIDDEN;
        }

        @Override
        public String detail() {
            return "Sellers cannot bid on their own auctions.";
        }
    }

    record WrongCurrency(Currency currency) implements BidRejected {
        @Override
        public Kind kind() {
            return Kind.INVALID;
        }

        @Override
        public String detail() {
            return "This auction is held in " + currency + "; bid in that currency.";
        }
    }

    record AmountOutOfRange(Money smallest, Money largest) implements BidRejected {
        @Override
        public Kind kind() {
            return Kind.INVALID;
        }

        @Override
        public String detail() {
            return "Bid an amount from " + smallest + " to " + largest + ".";
        }
    }

    record NotStarted(Instant startsAt) implements BidRejected {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String detail() {
            return "Bidding starts at " + startsAt + "; bid again then.";
        }
    }

    record AuctionEnded(Instant endsAt) implements BidRejected {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String detail() {
            return "Bidding ended at " + endsAt + "; this bid came too late.";
        }
    }

    record AuctionCancelled() implements BidRejected {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String detail() {
            return "The auction was cancelled and takes no more bids.";
        }
    }

    record TooLow(Money minimum) implements BidRejected {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String detail() {
            return "Bid at least " + minimum + ".";
        }
    }

    record BuyNowGone() implements BidRejected {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String detail() {
            return "This auction cannot be bought at once (any more); place a bid instead.";
        }
    }

    record BuyNowPriceDiffers(Money price) implements BidRejected {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String detail() {
            return "The price to buy at once is " + price + "; confirm that amount.";
        }
    }

    record KeyReused() implements BidRejected {
        @Override
        public Kind kind() {
            return Kind.INVALID;
        }

        @Override
        public String detail() {
            return "This Idempotency-Key belongs to another bid of yours; send a new key with a new bid.";
        }
    }

    record AmountUnclear() implements BidRejected {
        @Override
        public Kind kind() {
            return Kind.INVALID;
        }

        @Override
        public String detail() {
            return "Send either maximum or buyNow, not both and not neither.";
        }
    }
}
