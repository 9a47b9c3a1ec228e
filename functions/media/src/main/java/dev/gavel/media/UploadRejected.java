package dev.gavel.media;

import dev.gavel.kernel.Rejection;

/// Why something asked of a picture was refused.
sealed interface UploadRejected extends Rejection {

    /// There is none, or it is not the caller's business.
    record Missing() implements UploadRejected {
        @Override
        public Kind kind() {
            return Kind.MISSING;
        }

        @Override
        public String detail() {
            return "There is no such picture of yours; check the id. One that was not uploaded is forgotten after a week.";
        }
    }

    record TooMany(int most) implements UploadRejected {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String detail() {
            return "You may have " + most + " uploads under way: finish some, or come back in a quarter of an hour.";
        }
    }

    record Invalid(String member, String detail) implements UploadRejected {
        @Override
        public Kind kind() {
            return Kind.INVALID;
        }
    }
}
