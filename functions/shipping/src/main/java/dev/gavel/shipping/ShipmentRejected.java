package dev.gavel.shipping;

import dev.gavel.kernel.Rejection;

/// Why something asked of a shipment was refused.
sealed interface ShipmentRejected extends Rejection {

    /// There is none, or it is not the caller's business.
    record Missing() implements ShipmentRejected {
        @Override
        public Kind kind() {
            return Kind.MISSING;
        }

        @Override
        public String detail() {
            return "There is no parcel of such an order of yours; check the id. A new one takes a moment to arrive.";
        }
    }

    record NotForYou() implements ShipmentRejected {
        @Override
        public Kind kind() {
            return Kind.FORBIDDEN;
        }

        @Override
        public String detail() {
            return "Only the buyer can do this.";
        }
    }

    record NotDisputed() implements ShipmentRejected {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String detail() {
            return "It can be sent back only while the order is disputed: open a dispute first. A new one takes a moment "
                    + "to arrive.";
        }
    }

    record SentAlready() implements ShipmentRejected {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String detail() {
            return "It was sent back already, with another number.";
        }
    }

    record Invalid(String member, String detail) implements ShipmentRejected {
        @Override
        public Kind kind() {
            return Kind.INVALID;
        }
    }
}
