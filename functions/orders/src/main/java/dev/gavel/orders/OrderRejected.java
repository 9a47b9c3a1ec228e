package dev.gavel.orders;

import dev.gavel.kernel.Rejection;
import dev.gavel.orders.Order.Status;

/// Why something asked of an order was refused.
sealed interface OrderRejected extends Rejection {

    /// There is none, or it is between others: who is not part of an order cannot tell which.
    record Unknown() implements OrderRejected {
        @Override
        public Kind kind() {
            return Kind.MISSING;
        }

        @Override
        public String detail() {
            return "There is no such order of yours; check the id.";
        }
    }

    record NotForYou(Orders.Role role) implements OrderRejected {
        @Override
        public Kind kind() {
            return Kind.FORBIDDEN;
        }

        @Override
        public String detail() {
            return "Only the " + (role == Orders.Role.BUYER ? "buyer" : "seller") + " can do this.";
        }
    }

    /// @param status the one it is in
    record NotNow(Status status, String detail) implements OrderRejected {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }
    }

    record Invalid(String member, String detail) implements OrderRejected {
        @Override
        public Kind kind() {
            return Kind.INVALID;
        }
    }
}
