package dev.gavel.kernel;

/// A business "no", as a fact: sealed `<Subject>Rejected` interfaces extend it and their records state the case, for
/// example `BidRejected.TooLow(minimum)`. It knows nothing of HTTP; the components of the record reach the caller as
/// further members of the problem.
public interface Rejection {

    /// What sort of "no" it is, which decides the status an HTTP caller sees.
    enum Kind {
        /// The request can never succeed as it is.
        INVALID,
        /// The caller is not known: there is no valid token, or the credentials are wrong.
        UNAUTHENTICATED,
        /// The caller is known and may not do this.
        FORBIDDEN,
        /// There is no such thing, or the caller may not know of it.
        MISSING,
        /// The state of the thing does not allow it now.
        CONFLICT
    }

    Kind kind();

    /// One sentence in English: what is the matter and what to do about it.
    String detail();
}
