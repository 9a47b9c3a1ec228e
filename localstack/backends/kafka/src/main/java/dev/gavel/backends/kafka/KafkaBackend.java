package dev.gavel.backends.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.Exit;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/// One Kafka broker that is its own controller, on the loopback address.
public final class KafkaBackend {
    private static final String LOOPBACK = "127.0.0.1";

    private KafkaBackend() {}

    /// Starts the broker and returns once it takes connections. Options: `port`, `run` (a folder for what
    /// need not be kept) and, to keep topics over a restart, `data` (a folder). Throws
    /// `IllegalStateException` with one sentence when the data cannot be used; closing what is returned stops
    /// the broker.
    public static AutoCloseable start(Map<String, String> options) throws Exception {
        var port = Integer.parseInt(Objects.requireNonNull(options.get("port")));
        var kept = options.get("data");
        if (kept != null) {
            var server = running(Path.of(kept), port);
            return () -> stop(server);
        }
        var folder = Path.of(Objects.requireNonNull(options.get("run"))).resolve("kafka");
        // What a killed run left behind.
        delete(folder);
        var server = running(folder, port);
        return () -> {
            stop(server);
            delete(folder);
        };
    }

    private static void stop(KafkaRaftServer server) {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path folder) throws Exception {
        Files.createDirectories(folder);
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        try (var files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw unusable(folder, "meta.properties is missing");
            }
        }
        new Formatter()
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName("CONTROLLER")
                .addDirectory(folder.toString())
                .setMetadataLogDirectory(folder.toString())
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .run();
    }

    /// Kafka ends the whole JVM, without a word and from any of its threads, when it cannot go on: while
    /// starting that becomes a failure here, later it is at least said aloud.
    private static KafkaRaftServer running(Path folder, int port) throws Exception {
        format(folder);
        var started = new CompletableFuture<KafkaRaftServer>();
        onGivingUp(reason -> {
            started.completeExceptionally(new IllegalStateException(reason));
            throw new IllegalStateException(reason);
        });
        var properties = properties(folder, port);
        Thread.ofPlatform().daemon().name("kafka-start").start(() -> {
            try {
                var server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
                server.startup();
                started.complete(server);
            } catch (Throwable trouble) {
                started.completeExceptionally(trouble);
            }
        });
        try {
            var server = started.get();
            onGivingUp(reason -> {
                System.err.println("Kafka gave up (" + reason + "): see backends.log and start again.");
                Runtime.getRuntime().halt(1);
            });
            return server;
        } catch (ExecutionException trouble) {
            throw failure(folder, port, Objects.requireNonNullElse(trouble.getCause(), trouble));
        }
    }

    private static void onGivingUp(Consumer<String> end) {
        Exit.Procedure procedure = (status, message) -> end.accept(message == null ? "status " + status : message);
        Exit.setExitProcedure(procedure);
        Exit.setHaltProcedure(procedure);
    }

    private static Properties properties(Path folder, int port) throws IOException {
        var controller = freePort();
        var properties = new Properties();
        properties.putAll(KafkaSettings.FOR_ONE_LAPTOP);
        properties.put("log.dirs", folder.toString());
        properties.put("listeners", "PLAIN://%s:%d,CONTROLLER://%s:%d".formatted(LOOPBACK, port, LOOPBACK, controller));
        properties.put("advertised.listeners", "PLAIN://%s:%d".formatted(LOOPBACK, port));
        properties.put("controller.quorum.voters", "1@%s:%d".formatted(LOOPBACK, controller));
        return properties;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
            return socket.getLocalPort();
        }
    }

    private static IllegalStateException failure(Path folder, int port, Throwable cause) {
        for (@Nullable Throwable link = cause; link != null; link = link.getCause()) {
            if (link instanceof BindException) {
                return new IllegalStateException(
                        "Port %d, which kafka needs, was taken while it started: try again.".formatted(port), cause);
            }
        }
        var trouble = unusable(
                folder, String.valueOf(cause.getMessage()).lines().findFirst().orElse(""));
        trouble.initCause(cause);
        return trouble;
    }

    private static IllegalStateException unusable(Path folder, String why) {
        return new IllegalStateException(
                "Kafka cannot use its data in %s (%s): run './gavel up --fresh' to begin with empty data."
                        .formatted(folder, why));
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
