package dev.gavel.broker;

/// Kafka did not take an event.
final class NotStored extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean tooLarge;

    NotStored(String message, Throwable cause, boolean tooLarge) {
        super(message, cause);
        this.tooLarge = tooLarge;
    }

    /// Whether trying again is pointless because the event is too large.
    boolean tooLarge() {
        return tooLarge;
    }
}
