package dev.gavel.catalog;

import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Rejection;
import java.time.Instant;

/// Why something asked of a product was refused.
sealed interface ProductRejected extends Rejection {

    record Unknown() implements ProductRejected {
        @Override
        public Kind kind() {
            return Kind.MISSING;
        }

        @Override
        public String detail() {
            return "There is no such product; check the id.";
        }
    }

    /// A picture may have been told of a moment ago only, so it is worth asking again.
    ///
    /// @param key of the first one
    record PictureUnknown(String member, String key) implements ProductRejected {

        PictureUnknown(String key) {
            this("pictures", key);
        }

        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String detail() {
            return "There is no such picture of yours: upload it first. A new one takes a moment to arrive.";
        }
    }

    record DescriptionInvalid(String member, String detail) implements ProductRejected {
        @Override
        public Kind kind() {
            return Kind.INVALID;
        }
    }

    /// @param goods the id of the rule of `prohibited.json`
    record Prohibited(String member, String goods, String name) implements ProductRejected {
        @Override
        public Kind kind() {
            return Kind.INVALID;
        }

        @Override
        public String detail() {
            return "This may not be sold here: " + name + ". If you sell something else, say so in the title.";
        }
    }

    record SomeoneElses() implements ProductRejected {
        @Override
        public Kind kind() {
            return Kind.FORBIDDEN;
        }

        @Override
        public String detail() {
            return "Only the seller can do this.";
        }
    }

    /// @param version the newest one
    record Changed(long version) implements ProductRejected {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String detail() {
            return "The product was changed since you read it: read it again, it is at version " + version + " now.";
        }
    }

    record Withdrawn() implements ProductRejected {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String detail() {
            return "The product is withdrawn and stays as it is: describe it as a new product.";
        }
    }

    record OnSale(AuctionId auctionId) implements ProductRejected {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String detail() {
            return "An auction sells this product: cancel " + auctionId + " or wait for its end.";
        }
    }

    /// @param next when the product can be bumped again
    record BumpedLately(Instant next) implements ProductRejected {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String detail() {
            return "A product can be bumped once in 24 hours and 5 times in 30 days; this one from " + next + " on.";
        }
    }

    record QueryInvalid(String member, String detail) implements ProductRejected {
        @Override
        public Kind kind() {
            return Kind.INVALID;
        }
    }
}
