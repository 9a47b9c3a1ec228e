package dev.gavel.relay;

import dev.gavel.runtime.CannotStart;
import dev.gavel.runtime.Settings;
import java.net.URI;
import java.time.Duration;

/// What a relay needs to know.
///
/// @param host the address to listen on, for health and metrics
/// @param port 0 picks a free one
/// @param queue its name in `terraform/queues.json`
/// @param sink where its messages go
/// @param inFlight how many are delivered at a time
/// @param timeout how long one delivery may take; a message is hidden from others for twice as long
/// @param backoff how long a message waits after its first failed delivery, doubled each time up to 15 minutes
/// @param drain how long deliveries may finish when the relay stops
record RelayOptions(
        String host,
        int port,
        String queue,
        URI sink,
        int inFlight,
        Duration timeout,
        Duration backoff,
        Duration drain) {

    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final int LAST_DOUBLING = 20;

    /// @throws CannotStart when a setting is missing or malformed
    static RelayOptions of(Settings settings) {
        return new RelayOptions(
                settings.text("GAVEL_HOST", "0.0.0.0"),
                settings.number("PORT", 8080),
                settings.text("GAVEL_QUEUE"),
                settings.address("K_SINK"),
                settings.number("GAVEL_RELAY_IN_FLIGHT", 16),
                settings.duration("GAVEL_RELAY_TIMEOUT", Duration.ofSeconds(30)),
                settings.duration("GAVEL_RELAY_BACKOFF", Duration.ofSeconds(5)),
                settings.duration("GAVEL_DRAIN", Duration.ofSeconds(35)));
    }

    RelayOptions {
        if (inFlight < 1 || inFlight > 1_000) {
            throw new CannotStart("GAVEL_RELAY_IN_FLIGHT must be from 1 to 1000.");
        }
        within("GAVEL_RELAY_TIMEOUT", timeout);
        within("GAVEL_RELAY_BACKOFF", backoff);
    }

    /// How long a message that was received is hidden: nobody else has it while it is delivered, and it comes
    /// back soon when this process dies.
    int hiddenSeconds() {
        return Math.toIntExact(timeout.multipliedBy(2).toSeconds());
    }

    /// How long a message waits that was received so often and could not be delivered.
    int waitSeconds(int received) {
        Duration wait = backoff.multipliedBy(1L << Math.clamp(received - 1L, 0, LAST_DOUBLING));
        return Math.toIntExact((wait.compareTo(LONGEST) > 0 ? LONGEST : wait).toSeconds());
    }

    private static void within(String setting, Duration duration) {
        if (duration.toSeconds() < 1 || duration.compareTo(LONGEST) > 0) {
            throw new CannotStart(setting + " must be from 1 second to 15 minutes.");
        }
    }
}
