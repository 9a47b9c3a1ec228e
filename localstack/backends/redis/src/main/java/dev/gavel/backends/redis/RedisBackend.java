package dev.gavel.backends.redis;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import redis.embedded.core.ExecutableProvider;

/// A Redis server as a child process on the loopback address. It keeps nothing: losing Redis must lose
/// nothing.
public final class RedisBackend {
    private static final String OWN_BINARY = "GAVEL_REDIS_SERVER";

    private RedisBackend() {}

    /// Starts the server and returns once it answers. Options: `port` and `run`, the folder for the binary,
    /// the log and the pid; a Redis that an earlier, killed run left behind in that folder is ended first.
    /// The environment variable `GAVEL_REDIS_SERVER` names an installed binary to use instead. Throws
    /// `IllegalStateException` with one sentence.
    public static AutoCloseable start(Map<String, String> options) throws Exception {
        var run = Path.of(Objects.requireNonNull(options.get("run"))).toAbsolutePath();
        var port = Integer.parseInt(Objects.requireNonNull(options.get("port")));
        var pid = new RedisPid(run.resolve("redis.pid"));
        pid.endOrphan();
        var binary = binary(run);
        var log = run.resolve("redis.log");
        var process = new ProcessBuilder(command(binary, port, run))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process.getOutputStream().close();
        // A start that is cut short never gets to the ordinary stop.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "end-redis"));
        pid.write(process.toHandle(), binary);
        try {
            awaitAnswer(process, port, log);
        } catch (Exception trouble) {
            stop(process, pid);
            throw trouble;
        }
        return () -> stop(process, pid);
    }

    private static Path binary(Path run) throws IOException {
        var own = System.getenv(OWN_BINARY);
        if (own != null) {
            return Path.of(own).toRealPath();
        }
        var folder = Files.createDirectories(run.resolve("redis-bin")).toRealPath();
        File file = ExecutableProvider.newJarResourceProvider(folder.toFile()).get();
        return file.toPath().toRealPath();
    }

    private static List<String> command(Path binary, int port, Path run) {
        return List.of(
                binary.toString(),
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--dir",
                run.toString(),
                "--save",
                "",
                "--appendonly",
                "no",
                "--maxmemory",
                "64mb",
                "--loglevel",
                "warning");
    }

    private static void awaitAnswer(Process process, int port, Path log) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!RedisPing.answers(port)) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(
                        "Redis did not start (%s); where the bundled binary cannot run, install redis-server and set %s to its path."
                                .formatted(lastLine(log), OWN_BINARY));
            }
        }
    }

    private static String lastLine(Path log) throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> !line.isBlank())
                    .reduce((earlier, later) -> later)
                    .orElse("it said nothing");
        }
    }

    private static void stop(Process process, RedisPid pid) throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        pid.forget();
    }
}
