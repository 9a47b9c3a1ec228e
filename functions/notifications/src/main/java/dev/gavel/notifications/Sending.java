package dev.gavel.notifications;

/// What came of handing something to a provider. `why` is in letters that are safe anywhere and never says to
/// whom.
sealed interface Sending {

    /// Of what a provider says only the status counts, and this many bytes are read.
    int LARGEST_ANSWER = 64 * 1024;

    record Sent() implements Sending {}

    /// It will never be taken.
    record Refused(String why) implements Sending {}

    /// There is nobody any more at that address.
    record Gone() implements Sending {}

    /// No answer, or one that says nothing about the message: it may or may not have been taken.
    record Unclear(String why) implements Sending {}
}
