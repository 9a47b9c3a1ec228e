package dev.gavel.relay;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gavel.runtime.CannotStart;
import dev.gavel.runtime.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs one relay until SIGTERM; the settings are those of {@link RelayOptions} and of the SQS client.
public final class RelayApplication implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RelayApplication.class);

    private final Relay relay;
    private final SqsInbox inbox;
    private final HttpSink sink;
    private final HttpServer server;

    private RelayApplication(Relay relay, SqsInbox inbox, HttpSink sink, HttpServer server) {
        this.relay = relay;
        this.inbox = inbox;
        this.sink = sink;
        this.server = server;
    }

    /// Reads the settings as a start does, without starting anything: for those who check what a manifest sets.
    ///
    /// @return the names of every setting there is
    /// @throws CannotStart in one sentence
    public static Set<String> settings(Map<String, String> environment) {
        Settings settings = Settings.of(environment);
        RelayOptions options = RelayOptions.of(settings);
        new SqsInbox(settings, options.queue(), options.hiddenSeconds()).close();
        return settings.asked();
    }

    /// Starts and returns at once; it is ready when the queue has answered.
    ///
    /// @throws CannotStart in one sentence
    public static RelayApplication start(Settings settings) {
        RelayOptions options = RelayOptions.of(settings);
        SqsInbox inbox = new SqsInbox(settings, options.queue(), options.hiddenSeconds());
        HttpSink sink = new HttpSink(options.sink(), options.timeout());
        Numbers numbers = new Numbers();
        Relay relay = new Relay(options, inbox, sink, inbox.translation(), numbers, Clock.systemUTC());
        HttpServer server = serve(options, relay, numbers);
        relay.start();
        LOG.info("Messages of {} go to {}", options.queue(), options.sink());
        return new RelayApplication(relay, inbox, sink, server);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /// Lets the deliveries under way finish, then ends.
    public void drain() {
        try {
            relay.drain();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        sink.close();
        inbox.close();
        server.stop(0);
    }

    @Override
    public void close() {
        drain();
    }

    private static HttpServer serve(RelayOptions options, Relay relay, Numbers numbers) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(options.host(), options.port()), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/healthz/live", http -> answer(http, relay::alive));
            server.createContext("/healthz/ready", http -> answer(http, relay::ready));
            server.createContext("/metrics", http -> {
                http.getResponseHeaders().set("content-type", "text/plain; version=0.0.4; charset=utf-8");
                answer(http, 200, numbers.page());
            });
            server.start();
            return server;
        } catch (IOException trouble) {
            throw new CannotStart(
                    "Port " + options.port() + " cannot be listened on: " + trouble.getMessage() + ".", trouble);
        }
    }

    private static void answer(HttpExchange http, BooleanSupplier well) throws IOException {
        boolean fine = well.getAsBoolean();
        answer(http, fine ? 200 : 503, fine ? "ok\n" : "no\n");
    }

    private static void answer(HttpExchange http, int status, String text) throws IOException {
        try (http) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            http.sendResponseHeaders(status, bytes.length);
            http.getResponseBody().write(bytes);
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        try {
            RelayApplication application = start(Settings.of(Map.of()));
            Runtime.getRuntime().addShutdownHook(new Thread(application::drain, "drain"));
            Thread.currentThread().join();
        } catch (CannotStart sentence) {
            System.err.println(sentence.getMessage());
            System.exit(1);
        }
    }
}
