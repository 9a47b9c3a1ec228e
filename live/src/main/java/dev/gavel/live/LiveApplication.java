package dev.gavel.live;

import dev.gavel.runtime.CannotStart;
import dev.gavel.runtime.JwtCallerVerifier;
import dev.gavel.runtime.Settings;
import dev.gavel.runtime.Tracer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs one replica until SIGTERM; the settings are those of {@link LiveOptions} and of the runtime's verifier.
public final class LiveApplication implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveApplication.class);
    private static final String NAME = "live";
    private static final Duration FEED_PATIENCE = Duration.ofSeconds(60);

    private final Live live;
    private final KafkaFeed feed;
    private final NettyServer server;

    private LiveApplication(Live live, KafkaFeed feed, NettyServer server) {
        this.live = live;
        this.feed = feed;
        this.server = server;
    }

    /// Reads the settings as a start does, without starting anything: for those who check what a manifest sets.
    ///
    /// @return the names of every setting there is
    /// @throws CannotStart in one sentence
    public static Set<String> settings(Map<String, String> environment) {
        Settings settings = Settings.of(environment);
        LiveOptions.of(settings);
        Tracer.of(settings, NAME).close();
        verifier(settings);
        return settings.asked();
    }

    private static JwtCallerVerifier verifier(Settings settings) {
        // The verifier itself would only notice with the first token.
        settings.address("GAVEL_JWKS_URL");
        return new JwtCallerVerifier(settings, Clock.systemUTC());
    }

    /// Starts and returns once the feed is read and clients are let in.
    ///
    /// @throws CannotStart in one sentence
    public static LiveApplication start(Settings settings) {
        LiveOptions options = LiveOptions.of(settings);
        Clock clock = Clock.systemUTC();
        Tracer tracer = Tracer.of(settings, NAME);
        JwtCallerVerifier verifier = verifier(settings);
        Presence presence = options.redis().<Presence>map(RedisPresence::new).orElseGet(Presence::alone);
        Live live = new Live(
                options,
                new HttpAuctions(options.getAuction(), options.replayAuction()),
                verifier,
                presence,
                clock,
                tracer);
        KafkaFeed feed = new KafkaFeed(options.kafka(), options.topics(), live::accept, tracer);
        try {
            feed.start();
            if (!feed.awaitReading(FEED_PATIENCE)) {
                throw new CannotStart("Kafka at " + options.kafka() + " has not all of the topics " + options.topics()
                        + ": check KAFKA_BOOTSTRAP_SERVERS and GAVEL_TOPICS.");
            }
            NettyServer server = NettyServer.start(live);
            LOG.info("Live listens on port {}", server.port());
            return new LiveApplication(live, feed, server);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            feed.close();
            live.close();
            throw new CannotStart("Interrupted while starting.", e);
        } catch (RuntimeException e) {
            feed.close();
            live.close();
            throw e;
        }
    }

    public int port() {
        return server.port();
    }

    /// Sends everybody elsewhere, then ends.
    public void drain() {
        try {
            server.drain(live.options().drain());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    @Override
    public void close() {
        server.close();
        feed.close();
        live.close();
    }

    public static void main(String[] arguments) throws InterruptedException {
        try {
            LiveApplication application = start(Settings.of(Map.of()));
            Runtime.getRuntime().addShutdownHook(new Thread(application::drain, "drain"));
            application.server.await();
        } catch (CannotStart e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
