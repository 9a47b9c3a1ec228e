package dev.gavel.live;

import dev.gavel.runtime.CannotStart;
import dev.gavel.runtime.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a replica needs to know.
///
/// @param host the address to listen on
/// @param port 0 picks a free one
/// @param origins web pages that may connect, such as `https://gavel.dev`; a client that is no web page sends none
/// @param proxies whose `X-Forwarded-For` is believed
/// @param kafka where Kafka is
/// @param topics what to read
/// @param getAuction where the function `get-auction` is
/// @param replayAuction where the function `replay-auction` is
/// @param redis where Redis is; viewers of other replicas are not counted without it
/// @param drain how long connections are spread when the replica stops
record LiveOptions(
        String host,
        int port,
        Set<String> origins,
        Proxies proxies,
        String kafka,
        List<String> topics,
        URI getAuction,
        URI replayAuction,
        Optional<URI> redis,
        Duration drain,
        Limits limits) {

    private static final String DEFAULT_TOPICS = Stream.of(
                    "auctions", "catalog", "notifications", "orders", "payments", "shipping")
            .map("knative-broker-gavel-"::concat)
            .collect(Collectors.joining(","));

    /// Bounds of everything that can grow.
    ///
    /// @param connections of the replica
    /// @param perAddress connections from one address
    /// @param newPerSecond connections a second from one address, ten seconds' worth at once
    /// @param subscriptions of one connection
    /// @param messagesPerSecond of one connection, frames of any kind, five seconds' worth at once
    /// @param message bytes in one message of a client
    /// @param rooms auctions watched at a time
    /// @param unsent bytes that may wait for one connection here, and as many in the kernel
    /// @param coalescing how long a delta may wait for others; the first after a quiet while goes at once
    /// @param heartbeat how often something is sent at least
    /// @param silence how long nothing may be heard
    /// @param slow how long a reader may be behind
    record Limits(
            int connections,
            int perAddress,
            int newPerSecond,
            int subscriptions,
            int messagesPerSecond,
            int message,
            int rooms,
            int unsent,
            Duration coalescing,
            Duration heartbeat,
            Duration silence,
            Duration slow) {

        static Limits of(Settings settings) {
            return new Limits(
                    settings.number("GAVEL_MAX_CONNECTIONS", 50_000),
                    settings.number("GAVEL_MAX_CONNECTIONS_PER_ADDRESS", 200),
                    settings.number("GAVEL_NEW_CONNECTIONS_PER_SECOND", 20),
                    settings.number("GAVEL_MAX_SUBSCRIPTIONS", 100),
                    settings.number("GAVEL_MESSAGES_PER_SECOND", 20),
                    8 * 1024,
                    settings.number("GAVEL_MAX_ROOMS", 20_000),
                    256 * 1024,
                    settings.duration("GAVEL_COALESCING", Duration.ofMillis(20)),
                    atLeastASecond("GAVEL_HEARTBEAT", settings.duration("GAVEL_HEARTBEAT", Duration.ofSeconds(20))),
                    settings.duration("GAVEL_SILENCE", Duration.ofSeconds(60)),
                    settings.duration("GAVEL_SLOW_READER", Duration.ofSeconds(10)));
        }

        /// Connections are looked at once a second.
        private static Duration atLeastASecond(String name, Duration duration) {
            if (duration.toSeconds() < 1) {
                throw new CannotStart("The setting " + name + " must be a second or longer.");
            }
            return duration;
        }
    }

    /// @throws CannotStart when a setting is missing or malformed
    static LiveOptions of(Settings settings) {
        return new LiveOptions(
                settings.text("GAVEL_HOST", "0.0.0.0"),
                settings.number("PORT", 8080),
                list(settings.text("GAVEL_ORIGINS")),
                Proxies.of(list(settings.text("GAVEL_PROXIES", ""))),
                settings.text("KAFKA_BOOTSTRAP_SERVERS"),
                List.copyOf(list(settings.text("GAVEL_TOPICS", DEFAULT_TOPICS))),
                settings.address("GAVEL_GET_AUCTION_URL"),
                settings.address("GAVEL_REPLAY_AUCTION_URL"),
                settings.find("REDIS_URL").map(URI::create),
                settings.duration("GAVEL_DRAIN", Duration.ofSeconds(30)),
                Limits.of(settings));
    }

    private static Set<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
