package dev.gavel.runtime;

import java.time.Instant;
import java.util.Map;

/// Tells when a request counts as received. In production it is the server's clock and nothing else.
@FunctionalInterface
public interface ReceiptTime {

    /// @param headers the request's headers by lower-case name
    Instant receivedAt(Map<String, String> headers);
}
