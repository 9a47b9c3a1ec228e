package dev.gavel.broker;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;

/// The event a dead letter sink gets: the original, and what is known of the last failure.
final class DeadLetter {
    private static final int LARGEST_DATA = 1024;
    private static final String ERROR_HEADER = "kne-";
    private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]+");

    private DeadLetter() {}

    /// Without a response only the destination is known.
    static CloudEvent of(CloudEvent event, URI destination, Answer last) {
        var letter = CloudEventBuilder.from(event).withExtension("knativeerrordest", destination.toString());
        if (last instanceof Answer.Response(var status, var headers, var body)) {
            letter.withExtension("knativeerrorcode", Integer.toString(status));
            headers.forEach((name, values) -> {
                var lower = name.toLowerCase(Locale.ROOT);
                if (lower.startsWith(ERROR_HEADER)
                        && EXTENSION
                                .matcher(lower.substring(ERROR_HEADER.length()))
                                .matches()) {
                    letter.withExtension(lower.substring(ERROR_HEADER.length()), values.getLast());
                }
            });
            if (body.length > 0) {
                var data = Arrays.copyOf(body, Math.min(body.length, LARGEST_DATA));
                letter.withExtension("knativeerrordata", Base64.getEncoder().encodeToString(data));
            }
        }
        return letter.build();
    }
}
