package dev.gavel.relay;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Makes of a message the CloudEvents that are delivered, in structured mode
/// (application/cloudevents+json).
@FunctionalInterface
interface Translation {

    /// For queues whose messages are such events already.
    Translation AS_IT_IS = body -> List.of(body.getBytes(StandardCharsets.UTF_8));

    /// @return in the order they are delivered in; none when the message tells nothing
    /// @throws Untranslatable when it never will be understood
    List<byte[]> events(String body) throws Untranslatable;

    /// A message nobody can make sense of.
    final class Untranslatable extends Exception {

        Untranslatable(String reason) {
            super(reason, null, false, false);
        }
    }
}
