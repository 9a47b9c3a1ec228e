package dev.gavel.broker;

import io.cloudevents.CloudEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A plane in a JVM of its own, so that it can be killed like a pod. It never commits by itself in the time a test
/// takes, and ends when its input is closed, so it cannot outlive the test.
final class ChildPlane implements AutoCloseable {
    private static final String READY = "port ";

    private final Process process;
    private final Playground playground;
    private final Path manifests;
    private final int port;

    private ChildPlane(Process process, Playground playground, Path manifests, int port) {
        this.process = process;
        this.playground = playground;
        this.manifests = manifests;
        this.port = port;
    }

    static ChildPlane start(Playground playground) throws IOException {
        var manifests = Files.writeString(Files.createTempFile("child", ".yaml"), playground.yaml);
        var process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChildPlane.class.getName(),
                        KafkaForTests.bootstrap(),
                        manifests.toString(),
                        playground.inbox.at("").toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var line = output.readLine();
        while (line != null && !line.startsWith(READY)) {
            line = output.readLine();
        }
        if (line == null) {
            throw new IOException("the child plane did not start");
        }
        return new ChildPlane(process, playground, manifests, Integer.parseInt(line.substring(READY.length())));
    }

    /// Runs until its input ends: bootstrap, manifests, address of the inbox.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var inbox = URI.create(arguments[2]);
        var plane = BrokerPlane.start(BrokerPlane.Options.of(
                        arguments[0],
                        Manifests.read(Path.of(arguments[1])),
                        subscriber -> inbox.resolve("/" + subscriber.name()))
                .withCommitInterval(Duration.ofHours(1)));
        System.out.println(READY + plane.port());
        while (System.in.read() >= 0) {
            // Waits for the end of the test.
        }
        Runtime.getRuntime().halt(1);
    }

    String publish(String broker, CloudEvent event) {
        return playground.publish(
                URI.create("http://127.0.0.1:" + port + "/" + playground.namespace + "/" + broker), event);
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(manifests);
    }
}
