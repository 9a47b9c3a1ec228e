package dev.gavel.live;

import dev.gavel.runtime.CallerVerifier;
import dev.gavel.runtime.Tracer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One replica without Kafka: the test is the feed.
record Replica(Live live, NettyServer server) implements AutoCloseable {

    static final String ORIGIN = "https://gavel.test";
    static final LiveOptions.Limits LIMITS = new LiveOptions.Limits(
            1_000,
            300,
            100,
            5,
            50,
            8 * 1024,
            100,
            64 * 1024,
            Duration.ofMillis(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(2));

    static Replica of(Auctions auctions, CallerVerifier verifier, LiveOptions.Limits limits) {
        URI nowhere = URI.create("http://127.0.0.1:1");
        LiveOptions options = new LiveOptions(
                "127.0.0.1",
                0,
                Set.of(ORIGIN),
                Proxies.of(Set.of("127.0.0.1")),
                "",
                List.of(),
                nowhere,
                nowhere,
                Optional.empty(),
                Duration.ofMillis(300),
                limits);
        Live live = new Live(options, auctions, verifier, Presence.alone(), Clock.systemUTC(), Tracer.OFF);
        return new Replica(live, NettyServer.start(live));
    }

    URI socket() {
        return URI.create("ws://127.0.0.1:" + server.port() + "/v1/live");
    }

    URI http(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    @Override
    public void close() {
        server.close();
        live.close();
    }
}
