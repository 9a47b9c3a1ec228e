package dev.gavel.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One platform for all tests that want one, started with `./gavel up --detach` in a folder of its own when the first
/// of them asks and stopped with the JVM.
final class RunningPlatform {

    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    private static @Nullable RunningPlatform shared;

    private final Path home;
    private final int port;
    private final String printed;

    private RunningPlatform(Path home, int port, String printed) {
        this.home = home;
        this.port = port;
        this.printed = printed;
    }

    /// What a command of the script printed, and how it ended.
    record Ended(int status, String output) {}

    static synchronized RunningPlatform shared() {
        if (shared == null) {
            shared = start();
            Runtime.getRuntime().addShutdownHook(new Thread(RunningPlatform::stopShared, "platform-down"));
        }
        return shared;
    }

    private static RunningPlatform start() {
        try {
            Path home = Files.createTempDirectory("gavel-test-");
            int port = freePort();
            Ended up = gavel(home, "up", "--detach", "--port", Integer.toString(port));
            if (up.status() != 0) {
                throw new AssertionError("./gavel up failed:\n" + up.output() + logs(home));
            }
            return new RunningPlatform(home, port, up.output());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static synchronized void stopShared() {
        if (shared != null) {
            gavel(shared.home, "down");
            shared = null;
        }
    }

    /// Stops it with `./gavel down`; the next test that asks gets another one.
    static synchronized Ended down() {
        RunningPlatform running = shared();
        Ended ended = gavel(running.home, "down");
        shared = null;
        return ended;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// What `./gavel up` printed.
    String printed() {
        return printed;
    }

    Path home() {
        return home;
    }

    long pid(String name) {
        return Long.parseLong(read(name + ".pid"));
    }

    /// What a file of the running platform says.
    String read(String name) {
        try {
            return Files.readString(home.resolve("run").resolve(name)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Ended gavel(Path home, String... words) {
        List<String> command = new ArrayList<>(List.of(ROOT.resolve("gavel").toString()));
        command.addAll(List.of(words));
        return run(home, command);
    }

    /// Runs a command at the root of the repository; it has ten minutes.
    static Ended run(Path home, List<String> command) {
        try {
            Path output = Files.createTempFile("gavel-output-", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(ROOT.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile());
            builder.environment().put("GAVEL_HOME", home.toString());
            // Maven is building right now; a second one in the same folder would disturb it.
            builder.environment().put("GAVEL_SKIP_BUILD", "1");
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            Process process = builder.start();
            if (!process.waitFor(10, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(command + " did not end:\n" + Files.readString(output));
            }
            return new Ended(process.exitValue(), Files.readString(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String logs(Path home) throws IOException {
        StringBuilder logs = new StringBuilder();
        for (String name : List.of("runner.log", "functions.out", "backends.out")) {
            Path log = home.resolve("run").resolve(name);
            if (Files.exists(log)) {
                List<String> lines = Files.readAllLines(log);
                logs.append("--- ").append(name).append('\n');
                lines.subList(Math.max(0, lines.size() - 30), lines.size())
                        .forEach(line -> logs.append(line).append('\n'));
            }
        }
        return logs.toString();
    }
}
