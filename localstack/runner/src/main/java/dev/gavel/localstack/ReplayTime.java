package dev.gavel.localstack;

import dev.gavel.runtime.ReceiptTime;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;

/// Receipt time of a replay: what `gavel-replay-time` says, if the request also knows the key of this run; otherwise,
/// and when the time cannot be read, the clock.
final class ReplayTime implements ReceiptTime {

    static final String KEY = "gavel-replay-key";
    static final String TIME = "gavel-replay-time";

    private final Clock clock;
    private final byte[] key;

    ReplayTime(Clock clock, String key) {
        this.clock = clock;
        this.key = key.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Instant receivedAt(Map<String, String> headers) {
        String time = headers.get(TIME);
        if (time == null || !known(headers.getOrDefault(KEY, ""))) {
            return clock.instant();
        }
        try {
            return Instant.parse(time);
        } catch (DateTimeParseException e) {
            return clock.instant();
        }
    }

    private boolean known(String offered) {
        return MessageDigest.isEqual(key, offered.getBytes(StandardCharsets.UTF_8));
    }
}
