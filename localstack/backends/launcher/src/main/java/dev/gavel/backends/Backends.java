package dev.gavel.backends;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The servers of the local platform, running in this JVM on 127.0.0.1. Names are `kafka`, `dynamodb`, `sqs`,
/// `s3` and `redis`. Closing stops them and, unless a data folder was given, forgets what they held.
public final class Backends implements AutoCloseable {
    /// What the JVM of the servers should be started with.
    public static final List<String> JVM_FLAGS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xss512k",
            "-Xmx768m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    static final String LICENCE =
            "DynamoDB Local belongs to AWS and comes under its own licence; Maven fetched it, Gavel does not redistribute it.";

    private static final Map<Backend, Backends> SHARED = new EnumMap<>(Backend.class);

    private final Map<Backend, RunningBackend> running;
    private final BackendFolders folders;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Backends(Map<Backend, RunningBackend> running, BackendFolders folders) {
        this.running = running;
        this.folders = folders;
    }

    /// Starts the servers named in the options side by side and returns when all of them take connections.
    /// Throws [BackendFailure] when one cannot, after stopping the others.
    public static Backends start(Options options) {
        var home = BackendHome.locate(options.home());
        var folders = BackendFolders.open(options);
        try {
            var ports = LoopbackPorts.settle(options.backends());
            if (ports.containsKey(Backend.DYNAMODB)) {
                options.report().accept(LICENCE);
            }
            return new Backends(new SideBySide(options.report()).start(ports, home, folders), folders);
        } catch (RuntimeException trouble) {
            folders.close();
            throw trouble;
        }
    }

    /// Where the DynamoDB Local of this JVM answers. It is started by the first call, on a free port and in
    /// memory, and stops with the JVM: made for tests, which should use tables of their own.
    public static URI dynamoDb() {
        return shared("dynamodb");
    }

    /// Like [#dynamoDb()] for any of the servers.
    public static synchronized URI shared(String name) {
        var backend = Backend.named(name);
        return SHARED.computeIfAbsent(backend, _ -> {
                    var started = start(Options.of(name));
                    Runtime.getRuntime().addShutdownHook(new Thread(started::close, "stop-" + name));
                    return started;
                })
                .endpoint(name);
    }

    /// The command line that starts the servers in a JVM of their own with these arguments of
    /// [#main(String[])].
    public static List<String> command(String... arguments) {
        try {
            var classes = Path.of(Backends.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            var command = new ArrayList<String>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(JVM_FLAGS);
            command.addAll(List.of("-cp", classes.toString(), Backends.class.getName()));
            command.addAll(List.of(arguments));
            return command;
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Runs the servers until SIGTERM or until `--parent` is gone; `--help` tells the arguments.
    public static void main(String[] arguments) {
        System.exit(new BackendsCommand(System.out, System.err).run(List.of(arguments)));
    }

    /// The port of one of the servers that were started.
    public int port(String name) {
        return find(name).port();
    }

    /// The address of one of the servers: `http://…` for those of AWS, `redis://…`, and `kafka://…`, whose
    /// authority is what Kafka calls the bootstrap server.
    public URI endpoint(String name) {
        return Backend.named(name).endpoint(port(name));
    }

    /// The ports of all servers that were started, by name.
    public Map<String, Integer> ports() {
        var ports = new LinkedHashMap<String, Integer>();
        running.forEach((backend, server) -> ports.put(backend.title(), server.port()));
        return ports;
    }

    private RunningBackend find(String name) {
        var server = running.get(Backend.named(name));
        if (server == null) {
            throw new BackendFailure("The backend '%s' was not started; name it in the options.".formatted(name));
        }
        return server;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            SideBySide.stop(running.values());
            folders.close();
        }
    }

    /// What to start and where. `home` is the folder with the built servers (looked for when absent), `run`
    /// takes logs and other passing files (a temporary folder when absent), `data` keeps topics, tables and
    /// objects over a restart (kept in memory or thrown away when absent), `ports` names the servers, 0
    /// meaning any free port, and `report` is told one line about each server.
    public record Options(
            @Nullable Path home,
            @Nullable Path run,
            @Nullable Path data,
            Map<String, Integer> ports,
            Consumer<String> report) {

        /// These servers, on free ports, keeping nothing.
        public static Options of(String... names) {
            var ports = new LinkedHashMap<String, Integer>();
            List.of(names).forEach(name -> ports.put(name, 0));
            return new Options(null, null, null, ports, _ -> {});
        }

        /// The same with a data folder.
        public Options withData(Path folder) {
            return new Options(home, run, folder, ports, report);
        }

        /// The same with a folder for logs and other passing files.
        public Options withRun(Path folder) {
            return new Options(home, folder, data, ports, report);
        }

        /// The same with this server on this port.
        public Options withPort(String name, int port) {
            var changed = new LinkedHashMap<>(ports);
            changed.put(name, port);
            return new Options(home, run, data, changed, report);
        }

        Map<Backend, Integer> backends() {
            var backends = new EnumMap<Backend, Integer>(Backend.class);
            ports.forEach((name, port) -> backends.put(Backend.named(name), port));
            return backends;
        }
    }
}
