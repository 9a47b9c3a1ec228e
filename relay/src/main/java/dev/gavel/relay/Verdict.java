package dev.gavel.relay;

/// What became of a delivery.
sealed interface Verdict {

    /// It is done; the message may go.
    record Done() implements Verdict {}

    /// Not now: nobody answered, or was able to.
    record Later(String reason) implements Verdict {}

    /// Never: whoever was asked does not understand it, and would not the next time.
    record Never(int status, String reason) implements Verdict {}
}
