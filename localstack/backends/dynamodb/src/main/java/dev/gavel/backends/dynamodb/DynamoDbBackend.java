package dev.gavel.backends.dynamodb;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// DynamoDB Local on the loopback address. It belongs to AWS and has its own licence, so nothing here refers
/// to it at compile time.
public final class DynamoDbBackend {
    private static final String RUNNER = "software.amazon.dynamodb.services.local.main.ServerRunner";
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    private DynamoDbBackend() {}

    /// Starts the server and returns once it takes connections. Every client sees the same tables whatever
    /// its keys and region. Options: `port` and, to keep tables over a restart, `data` (a folder; each write
    /// is then synced to disk and slow). Throws `IllegalStateException` with one sentence when the data
    /// cannot be used.
    public static AutoCloseable start(Map<String, String> options) throws Exception {
        var runner = Class.forName(RUNNER, true, DynamoDbBackend.class.getClassLoader());
        Object server = Objects.requireNonNull(runner.getMethod("createServerFromCommandLineArgs", String[].class)
                .invoke(null, (Object) arguments(options)));
        bindToLoopback(server);
        call(server, "start");
        return () -> call(server, "stop");
    }

    private static String[] arguments(Map<String, String> options) throws IOException {
        // Without -cors any page in a browser may read and write the tables.
        var arguments = new ArrayList<>(List.of("-disableTelemetry", "-sharedDb", "-cors", "http://127.0.0.1"));
        arguments.addAll(List.of("-port", Objects.requireNonNull(options.get("port"))));
        var data = options.get("data");
        if (data == null) {
            arguments.add("-inMemory");
        } else {
            arguments.addAll(List.of("-dbPath", usable(Path.of(data)).toString()));
        }
        return arguments.toArray(String[]::new);
    }

    private static Path usable(Path folder) throws IOException {
        Files.createDirectories(folder);
        var database = folder.resolve("shared-local-instance.db");
        if (Files.exists(database) && Files.size(database) > 0 && !isSqlite(database)) {
            throw new IllegalStateException(
                    "DynamoDB Local cannot use its data in %s (%s is not a database): run './gavel up --fresh' to begin with empty data."
                            .formatted(folder, database.getFileName()));
        }
        return folder;
    }

    private static boolean isSqlite(Path database) throws IOException {
        try (var bytes = Files.newInputStream(database)) {
            return Arrays.equals(bytes.readNBytes(MAGIC.length), MAGIC);
        }
    }

    /// The server has no option for its address and would listen on every interface.
    private static void bindToLoopback(Object server) throws ReflectiveOperationException {
        var field = server.getClass().getDeclaredField("server");
        field.setAccessible(true);
        var jetty = Objects.requireNonNull(field.get(server));
        for (var connector : (Object[]) Objects.requireNonNull(call(jetty, "getConnectors"))) {
            Method host = connector.getClass().getMethod("setHost", String.class);
            host.invoke(connector, "127.0.0.1");
        }
    }

    private static @Nullable Object call(Object target, String method) throws ReflectiveOperationException {
        return target.getClass().getMethod(method).invoke(target);
    }
}
