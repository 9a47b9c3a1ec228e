package dev.gavel.notifications;

/// Sends text messages to phones.
interface TextMessages {

    /// With the same idempotency key it is sent once, however often this is called.
    Sending send(PhoneNumber to, String text, String idempotencyKey);
}
