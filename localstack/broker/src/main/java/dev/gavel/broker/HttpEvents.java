package dev.gavel.broker;

import io.cloudevents.CloudEvent;
import io.cloudevents.http.HttpMessageFactory;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// CloudEvents to and from HTTP.
final class HttpEvents {
    private HttpEvents() {}

    /// The event of a message in binary or structured mode; empty when the message is none.
    static Optional<CloudEvent> read(Map<String, List<String>> headers, byte[] body) {
        try {
            return Optional.of(HttpMessageFactory.createReaderFromMultimap(headers, body.length == 0 ? null : body)
                    .toEvent());
        } catch (RuntimeException e) {
            // The SDK has a different exception for every way in which a message is wrong.
            return Optional.empty();
        }
    }

    /// Fills a POST in binary mode.
    static void write(CloudEvent event, HttpRequest.Builder request) {
        HttpMessageFactory.createWriter(
                        (name, value) -> request.setHeader(name, printable(value)),
                        body -> request.POST(
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofByteArray(body)))
                .writeBinary(event);
    }

    /// Header values are ASCII: everything else is percent-encoded as UTF-8.
    static String printable(String value) {
        if (value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            return value;
        }
        var ascii = new StringBuilder();
        for (var octet : value.getBytes(StandardCharsets.UTF_8)) {
            if (octet >= ' ' && octet <= '~') {
                ascii.append((char) octet);
            } else {
                ascii.append('%').append("%02X".formatted(octet & 0xFF));
            }
        }
        return ascii.toString();
    }
}
