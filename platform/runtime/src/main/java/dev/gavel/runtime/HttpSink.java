package dev.gavel.runtime;

import dev.gavel.kernel.Unavailable;
import io.cloudevents.CloudEvent;
import io.cloudevents.http.HttpMessageFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Posts CloudEvents in binary mode to Brokers.
///
/// Settings: `GAVEL_PUBLISH_TIMEOUT` (seconds until the Broker answers, 5 by default; connecting may take 2) and
/// `GAVEL_PUBLISH_IN_FLIGHT` (events on their way at once, 256 by default; further ones wait for as long as one may
/// take).
final class HttpSink {

    private final Duration timeout;
    private final Semaphore inFlight;

    HttpSink(Settings settings) {
        this.timeout = settings.duration("GAVEL_PUBLISH_TIMEOUT", Duration.ofSeconds(5));
        this.inFlight = new Semaphore(settings.number("GAVEL_PUBLISH_IN_FLIGHT", 256));
    }

    /// @throws Unavailable when the Broker did not answer in time or did not say 2xx
    void send(URI broker, CloudEvent event) {
        boolean admitted = false;
        try {
            admitted = inFlight.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (!admitted) {
                throw new Unavailable("too many events are on their way to the broker");
            }
            int status = post(broker, event);
            if (status / 100 != 2) {
                throw new Unavailable("the broker answered " + status + " to " + event.getId());
            }
        } catch (IOException e) {
            throw new Unavailable("the broker does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted while publishing " + event.getId(), e);
        } finally {
            if (admitted) {
                inFlight.release();
            }
        }
    }

    private int post(URI broker, CloudEvent event) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("traceparent", Trace.current().traceparent());
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        HttpMessageFactory.createWriter((name, value) -> headers.put(name, printable(value)), data -> write(body, data))
                .writeBinary(event);
        return HttpPost.send(broker, headers, body.toByteArray(), timeout);
    }

    private static void write(ByteArrayOutputStream body, byte @Nullable [] data) {
        if (data != null) {
            body.writeBytes(data);
        }
    }

    /// Header values are ASCII: everything else is percent-encoded as UTF-8.
    static String printable(String value) {
        if (value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            return value;
        }
        StringBuilder ascii = new StringBuilder();
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            if (octet >= ' ' && octet <= '~') {
                ascii.append((char) octet);
            } else {
                ascii.append("%%%02X".formatted(octet & 0xFF));
            }
        }
        return ascii.toString();
    }
}
