package dev.gavel.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A JVM of the benchmark, which can be killed and started again.
final class ChildProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(90);

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private final String ready;
    private Process process;

    /// Starts it and waits until it has printed a line with the word.
    ///
    /// @throws IllegalStateException when it ends before that or takes too long; its output is in the log
    ChildProcess(String name, List<String> command, Map<String, String> environment, Path folder, String ready) {
        this.name = name;
        this.command = command;
        this.environment = environment;
        this.log = folder.resolve(name + ".log");
        this.ready = ready;
        this.process = start();
    }

    private Process start() {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .directory(null);
        builder.environment().keySet().removeIf(key -> key.startsWith("AWS_") || key.startsWith("GAVEL_"));
        builder.environment().putAll(environment);
        try {
            long begin = Files.exists(log) ? Files.size(log) : 0;
            Process started = builder.start();
            awaitReady(started, begin);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be started", e);
        }
    }

    private void awaitReady(Process started, long begin) throws IOException {
        long end = System.nanoTime() + START.toNanos();
        while (!new String(Files.readAllBytes(log)).substring((int) begin).contains(ready)) {
            if (!started.isAlive() || System.nanoTime() > end) {
                started.destroyForcibly();
                throw new IllegalStateException(name + " did not start: see " + log);
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                started.destroyForcibly();
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while " + name + " started", e);
            }
        }
    }

    /// Ends it at once, as `kill -9` does.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    void startAgain() {
        process = start();
    }

    long pid() {
        return process.pid();
    }

    /// The processor time it has used.
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
