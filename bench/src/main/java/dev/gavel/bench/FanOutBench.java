package dev.gavel.bench;

import dev.gavel.backends.Backends;
import dev.gavel.events.AuctionEvent;
import dev.gavel.events.Fact;
import dev.gavel.events.Json;
import dev.gavel.kernel.Ids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Everything the fan-out benchmark needs on this machine, each in a process of its own: Kafka, the clients, the live
/// service and its peers.
final class FanOutBench implements AutoCloseable {

    private static final int SOURCES = 16;
    private static final String MANY = "1000000";

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Ids ids = Ids.secure(Clock.systemUTC());
    private final Path folder;
    private final Map<String, String> settings;
    private final HttpStoreStub store;
    private final String kafka;
    private final KafkaFacts facts;
    private final CrowdControl crowd;

    /// @param settings for the live service, besides those it needs to find the others
    FanOutBench(Map<String, String> settings) throws IOException, InterruptedException {
        this.settings = settings;
        this.folder = Files.createTempDirectory("gavel-bench");
        try {
            store = push(new HttpStoreStub());
            kafka = "127.0.0.1:" + kafka();
            facts = push(new KafkaFacts(kafka));
            crowd = push(crowd());
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T push(T resource) {
        open.push(resource);
        return resource;
    }

    private int kafka() throws IOException {
        push(new ChildProcess(
                "backends",
                Backends.command(
                        "--only",
                        "kafka",
                        "--ports",
                        "kafka=0",
                        "--run",
                        folder.toString(),
                        "--parent",
                        Long.toString(ProcessHandle.current().pid())),
                Map.of(),
                folder,
                "backends ready"));
        return Json.MAPPER
                .readTree(Files.readString(folder.resolve("backends.json")))
                .path("kafka")
                .asInt();
    }

    private CrowdControl crowd() throws IOException {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listening.setSoTimeout(60_000);
            List<String> command = java(
                    List.of("-XX:+UseSerialGC", "-Xmx1g"),
                    CrowdApplication.class,
                    Integer.toString(listening.getLocalPort()),
                    Integer.toString(Runtime.getRuntime().availableProcessors()));
            push(new ChildProcess("clients", command, Map.of(), folder, ""));
            return new CrowdControl(listening.accept());
        }
    }

    private static List<String> java(List<String> flags, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /// One server with an auction of its own and those who watch it.
    final class Contestant implements AutoCloseable {

        final String name;
        final ChildProcess process;
        final BidStream stream = new BidStream(ids);
        final Consumer<Fact<? extends AuctionEvent>> feed;

        private Contestant(
                String name,
                Dialect dialect,
                int port,
                ChildProcess process,
                Consumer<Fact<? extends AuctionEvent>> feed) {
            this.name = name;
            this.process = process;
            this.feed = feed;
            store.add(stream);
            crowd.prepare(
                    name,
                    dialect,
                    URI.create("ws://127.0.0.1:" + port),
                    stream.auction().value());
        }

        Crowd.Report connect(int count) {
            return crowd.open(name, count, SOURCES, stream.sequence());
        }

        void commit() {
            feed.accept(stream.next());
        }

        /// Waits until everybody has the newest delta.
        Crowd.Report await(Duration patience) {
            return crowd.await(name, stream.sequence(), patience);
        }

        /// The resident memory in KiB.
        long resident() {
            try {
                return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                        .findFirst()
                        .orElse(0);
            } catch (IOException e) {
                throw new UncheckedIOException("the memory of " + name + " cannot be read", e);
            }
        }

        @Override
        public void close() {
            crowd.close(name);
            process.close();
        }
    }

    /// The live service as it is run everywhere, but for the limits of one address: all clients come from this machine.
    Contestant gavel(String name) throws IOException {
        int port = freePort();
        Map<String, String> environment = new HashMap<>(settings);
        environment.putAll(Map.of(
                "PORT",
                Integer.toString(port),
                "GAVEL_HOST",
                "127.0.0.1",
                "GAVEL_ORIGINS",
                "https://gavel.dev",
                "KAFKA_BOOTSTRAP_SERVERS",
                kafka,
                "GAVEL_TOPICS",
                KafkaFacts.TOPIC,
                "GAVEL_GET_AUCTION_URL",
                store.address().toString(),
                "GAVEL_REPLAY_AUCTION_URL",
                store.address().toString(),
                "GAVEL_JWKS_URL",
                store.address() + "/jwks.json",
                "GAVEL_MAX_CONNECTIONS_PER_ADDRESS",
                MANY,
                "GAVEL_NEW_CONNECTIONS_PER_SECOND",
                MANY));
        List<String> command = java(
                List.of("-XX:+UseSerialGC", "-Xmx512m"),
                FanOutApplication.class,
                Long.toString(ProcessHandle.current().pid()));
        ChildProcess process =
                push(new ChildProcess(name, command, environment, folder, BenchApplication.READY + "\n"));
        return new Contestant(name, Dialect.GAVEL, port, process, facts);
    }

    /// A peer in Node.js; its folder has the scripts and what they need.
    Contestant peer(Dialect dialect, Path scripts) throws IOException {
        String name = dialect.title();
        int port = freePort();
        PeerFeed feed = push(new PeerFeed());
        List<String> command = List.of("node", scripts.resolve(name + ".mjs").toString());
        Map<String, String> environment = Map.of(
                "PORT", Integer.toString(port), "FEED_PORT", Integer.toString(feed.port()), "NODE_ENV", "production");
        ChildProcess process = push(new ChildProcess(name, command, environment, folder, "ready\n"));
        feed.await();
        return new Contestant(name, dialect, port, process, feed);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                System.err.println("While stopping: " + e);
            }
        }
    }
}
