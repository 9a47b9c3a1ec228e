package dev.gavel.localstack;

import dev.gavel.backends.Backends;
import dev.gavel.broker.BrokerPlane;
import dev.gavel.broker.Destination;
import dev.gavel.broker.Manifests;
import dev.gavel.broker.WrongManifest;
import dev.gavel.events.Json;
import dev.gavel.localstack.RunnerOptions.Guests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The whole platform: starts the backends, the functions, the broker and the gateway, brings the functions back when
/// they die, and stops everything in order when it is told to.
public final class Runner {

    private static final Logger LOG = LoggerFactory.getLogger(Runner.class);
    private static final Duration BACKENDS_PATIENCE = Duration.ofSeconds(240);
    private static final Duration FUNCTIONS_PATIENCE = Duration.ofSeconds(240);
    private static final Duration DEMO_PATIENCE = Duration.ofSeconds(30);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(15);

    private final RunnerOptions options;
    private final RunFolder folder;
    private final FunctionAddresses addresses = new FunctionAddresses();
    private volatile @Nullable Gateway gateway;
    private volatile @Nullable URI s3;
    private volatile @Nullable BrokerPlane plane;
    private volatile @Nullable Child backends;
    private volatile @Nullable Supervisor functions;
    private volatile @Nullable Supervisor live;
    private volatile @Nullable DemoLife life;
    private volatile List<Supervisor> relays = List.of();
    private volatile @Nullable Crossroads crossroads;
    private volatile @Nullable Outsiders outsiders;
    private volatile boolean stopping;
    private volatile boolean ready;

    private Runner(RunnerOptions options, RunFolder folder) {
        this.options = options;
        this.folder = folder;
    }

    /// Runs the platform until SIGTERM; see [RunnerOptions] for the arguments. Ends with status 1 and a sentence in
    /// `progress` and on standard error when it cannot run.
    public static void main(String[] arguments) throws InterruptedException {
        Logging.begin();
        RunFolder folder = null;
        try {
            RunnerOptions options = RunnerOptions.parse(List.of(arguments));
            folder = RunFolder.open(options.run());
            Runner runner = new Runner(options, folder);
            Runtime.getRuntime().addShutdownHook(new Thread(runner::stop, "stop"));
            runner.start();
            runner.watch();
        } catch (StartFailure | WrongManifest sentence) {
            end(folder, Objects.toString(sentence.getMessage()), sentence);
        } catch (RuntimeException | IOException trouble) {
            end(folder, "Gavel cannot start: " + trouble.getMessage(), trouble);
        }
    }

    private static void end(@Nullable RunFolder folder, String sentence, Throwable trouble) {
        LOG.debug("", trouble);
        if (!(trouble instanceof StartFailure || trouble instanceof WrongManifest)) {
            LOG.error("{}", sentence, trouble);
        }
        System.err.println(sentence);
        if (folder != null) {
            folder.conclude("failed " + sentence);
        }
        System.exit(1);
    }

    private void start() throws IOException, InterruptedException {
        Secrets secrets = new Secrets(options.data());
        boolean empty = secrets.none();
        Manifests manifests = Manifests.read("gavel", options.manifests());
        GatewayRoutes routes = GatewayRoutes.read(manifests);
        CompletableFuture<Gateway> opening = CompletableFuture.supplyAsync(() -> Gateway.start(
                new Gateway.Options(
                        options.port(),
                        options.replay(),
                        options.root().resolve("web"),
                        this::status,
                        () -> MetricsPage.of(addresses.all()),
                        () -> Optional.ofNullable(s3)),
                routes,
                addresses));
        opening.thenAccept(opened -> {
            gateway = opened;
            folder.progress("gateway listens on http://127.0.0.1:" + opened.port());
        });
        Map<String, Integer> ports = startBackends(opening);
        folder.progress("backends ready: " + String.join(", ", ports.keySet()));
        URI dynamoDb = URI.create("http://127.0.0.1:" + ports.get("dynamodb"));
        URI sqs = URI.create("http://127.0.0.1:" + ports.get("sqs"));
        URI uploads = URI.create("http://127.0.0.1:" + ports.get("s3"));
        s3 = uploads;
        URI url = URI.create("http://127.0.0.1:" + join(opening).port());
        int ingress = freePort();
        URI broker = URI.create("http://127.0.0.1:" + ingress);
        Supervisor supervisor = new Supervisor(
                Supervisor.FUNCTIONS,
                folder,
                addresses,
                functionsCommand(broker, dynamoDb, sqs, uploads),
                environment(secrets, url, uploads));
        functions = supervisor;
        supervisor.start();
        Crossroads opened = Crossroads.open(addresses);
        crossroads = opened;
        relays = RelayPlan.read(manifests, new RelayPlan.Local(sqs, opened.uri(), broker)).stream()
                .map(plan -> new Supervisor(plan.name(), folder, addresses, relayCommand(plan), plan.settings()))
                .toList();
        relays.forEach(Supervisor::start);
        plane = BrokerPlane.start(BrokerPlane.Options.of("127.0.0.1:" + ports.get("kafka"), manifests, this::address)
                .withPort(ingress));
        folder.progress("broker ready: " + manifests.brokers().size() + " brokers, "
                + manifests.triggers().size() + " triggers, "
                + manifests.pingSources().size() + " schedules");
        LivePlan plan = LivePlan.read(manifests, new LivePlan.Local(url, ports.get("kafka"), ports.get("redis")));
        Supervisor watched = new Supervisor(Supervisor.LIVE, folder, addresses, liveCommand(), plan.settings());
        live = watched;
        watched.start();
        supervisor.awaitReady(FUNCTIONS_PATIENCE);
        folder.progress("functions ready: " + addresses.of(Supervisor.FUNCTIONS).size());
        watched.awaitReady(FUNCTIONS_PATIENCE);
        folder.progress("live ready");
        for (Supervisor relay : relays) {
            relay.awaitReady(FUNCTIONS_PATIENCE);
            folder.progress(relay.name() + " ready");
        }
        if (options.demo() != Guests.NOBODY) {
            Demo demo = new Demo(url);
            demo.register();
            folder.progress("demo user registered");
            folder.write("welcome", demo.welcome(options.demo(), empty));
        }
        if (options.demo() == Guests.MARKET && !stopping) {
            DemoLife begun = DemoLife.begin(url, DemoGoods.read());
            life = begun;
            folder.progress(
                    begun.awaitLively(DEMO_PATIENCE)
                            ? "demo market open"
                            : "demo market still filling: see runner.log");
        }
        folder.write("url", url + "\n");
        ready = true;
        folder.progress("ready");
        folder.conclude("ready");
    }

    /// Stands for the cluster's activator: a delivery waits for a function that is coming back.
    private URI address(Destination.Subscriber subscriber) {
        return addresses.await(subscriber.name());
    }

    private Map<String, Integer> startBackends(CompletableFuture<Gateway> opening)
            throws IOException, InterruptedException {
        Path data = options.data();
        Child started = Child.start(
                folder,
                "backends",
                Backends.command(
                        "--home",
                        options.root().resolve("localstack/backends").toString(),
                        "--run",
                        folder.file("").toString(),
                        "--data",
                        data == null ? "none" : data.toString(),
                        "--ports",
                        "kafka=0,dynamodb=0,sqs=0,s3=0,redis=0",
                        "--parent",
                        Long.toString(ProcessHandle.current().pid())),
                Map.of());
        backends = started;
        Path file = folder.file("backends.json");
        long deadline = System.nanoTime() + BACKENDS_PATIENCE.toNanos();
        while (true) {
            if (opening.isCompletedExceptionally()) {
                join(opening);
            }
            Optional<Map<String, Integer>> ports = readPorts(file, started.pid());
            if (ports.isPresent()) {
                return ports.get();
            }
            if (!started.alive()) {
                throw new StartFailure(started.lastWords());
            }
            if (System.nanoTime() > deadline) {
                throw new StartFailure("The backends did not start in " + BACKENDS_PATIENCE.toSeconds()
                        + " seconds; see " + folder.file("backends.log") + ".");
            }
            Thread.sleep(50);
        }
    }

    private static Optional<Map<String, Integer>> readPorts(Path file, long pid) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var json = Json.MAPPER.readTree(Files.readString(file));
        if (json.path("pid").asLong() != pid) {
            return Optional.empty();
        }
        Map<String, Integer> ports = new TreeMap<>();
        json.properties()
                .forEach(member -> ports.put(member.getKey(), member.getValue().asInt()));
        ports.remove("pid");
        return Optional.of(ports);
    }

    private List<String> functionsCommand(URI ingress, URI dynamoDb, URI sqs, URI s3) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xms128m",
                "-Xmx768m",
                "-Xss512k",
                "-XX:TieredStopAtLevel=4",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                FunctionsProcess.class.getName(),
                folder.file("functions.json").toString(),
                ingress.toString(),
                dynamoDb.toString(),
                sqs.toString(),
                s3.toString()));
        options.manifests().forEach(place -> command.add(place.toString()));
        return command;
    }

    private List<String> liveCommand() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-Xss512k",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                LiveProcess.class.getName(),
                folder.file("live.json").toString());
    }

    private List<String> relayCommand(RelayPlan plan) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-Xss512k",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                RelayProcess.class.getName(),
                plan.name(),
                folder.file(plan.name() + ".json").toString());
    }

    private Map<String, String> environment(Secrets secrets, URI url, URI s3) throws IOException {
        Outsiders simulated = new Outsiders(folder, url);
        outsiders = simulated;
        Map<String, String> environment = new TreeMap<>(simulated.settings());
        environment.put(FunctionPlan.KEY_ENCRYPTION, secrets.keyEncryptionKey());
        environment.put(FunctionPlan.PUSH_KEY, secrets.vapidPrivateKey());
        environment.put(FunctionPlan.WEB, url.toString());
        environment.put(FunctionPlan.UPLOADS, s3.resolve("/gavel-uploads").toString());
        if (options.demo() != Guests.NOBODY) {
            environment.put("GAVEL_OPERATORS", Demo.EMAIL);
        }
        if (options.replay()) {
            String key = Secrets.random();
            RunFolder.writeSecret(folder.file("replay-key"), key);
            environment.put(ReplayWiring.KEY_SETTING, key);
        }
        return environment;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// Returns only when the platform has to end by itself.
    private void watch() throws InterruptedException {
        Child child = Objects.requireNonNull(backends);
        child.waitFor();
        if (!stopping) {
            throw new StartFailure("The backends ended by themselves, so Gavel stopped: see "
                    + folder.file("backends.log") + " and start again with './gavel up'.");
        }
        Thread.currentThread().join();
    }

    private Status status() {
        List<Supervisor> supervisors = Stream.concat(
                        Stream.of(functions, live).filter(Objects::nonNull), relays.stream())
                .toList();
        return StatusProbe.ask(ready, backends, supervisors, addresses, plane, folder);
    }

    /// Gateway first, so that nobody is answered halfway; backends last, because everybody needs them.
    private void stop() {
        stopping = true;
        addresses.close();
        quietly("demo market", life == null ? null : life::close);
        quietly("gateway", gateway == null ? null : gateway::close);
        Supervisor watched = live;
        relays.forEach(relay -> quietly(relay.name(), () -> relay.stop(STOP_PATIENCE)));
        quietly("crossroads", crossroads == null ? null : crossroads::close);
        quietly("live", watched == null ? null : () -> watched.stop(STOP_PATIENCE));
        Supervisor supervisor = functions;
        quietly("functions", supervisor == null ? null : () -> supervisor.stop(STOP_PATIENCE));
        quietly("broker", plane == null ? null : plane::close);
        quietly("outsiders", outsiders == null ? null : outsiders::close);
        Child child = backends;
        quietly("backends", child == null ? null : () -> child.stop(STOP_PATIENCE));
        folder.close();
    }

    private static void quietly(String what, @Nullable Runnable stop) {
        try {
            if (stop != null) {
                stop.run();
                LOG.info("{} stopped", what);
            }
        } catch (RuntimeException e) {
            LOG.warn("{} did not stop cleanly", what, e);
        }
    }

    private static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : e;
        }
    }
}
