package dev.gavel.auctions;

import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Rejection;

/// Why a product of the catalog cannot be put up for auction.
sealed interface ProductRejected extends Rejection {

    record Unknown() implements ProductRejected {
        @Override
        public Kind kind() {
            return Kind.MISSING;
        }

        @Override
        public String detail() {
            return "There is no such product, or it was listed this very moment: check the id, or repeat in a second"
                    + " with a new key.";
        }
    }

    record SomeoneElses() implements ProductRejected {
        @Override
        public Kind kind() {
            return Kind.FORBIDDEN;
        }

        @Override
        public String detail() {
            return "Only its seller can put a product up for auction.";
        }
    }

    record Withdrawn() implements ProductRejected {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String detail() {
            return "The product is withdrawn: describe it as a new product.";
        }
    }

    /// @param auctionId the auction that sells it
    record OnSale(AuctionId auctionId) implements ProductRejected {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String detail() {
            return "An auction sells this product already: cancel " + auctionId + " or wait for its end.";
        }
    }
}
