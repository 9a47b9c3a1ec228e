package dev.gavel.relay;

import java.nio.charset.StandardCharsets;

/// Makes of a message the CloudEvent that is delivered, in structured mode (application/cloudevents+json).
@FunctionalInterface
interface Translation {

    /// For queues whose messages are such events already.
    Translation AS_IT_IS = body -> body.getBytes(StandardCharsets.UTF_8);

    byte[] event(String body);
}
