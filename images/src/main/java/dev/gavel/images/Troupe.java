package dev.gavel.images;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A process of an image, ready to be asked.
final class Troupe implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Process process;
    private final URI address;

    private Troupe(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /// Starts it and waits until it says it is ready.
    ///
    /// @param command of which `--settings` stands for the settings, as `--env NAME=VALUE` each, for
    /// those who do not inherit them
    /// @throws IllegalStateException when it ends before that, or takes longer than a minute
    static Troupe start(List<String> command, Map<String, String> settings) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        List<String> words = new ArrayList<>();
        for (String word : command) {
            if (word.equals("--settings")) {
                settings.forEach((name, value) -> words.addAll(List.of("--env", name + "=" + value)));
                words.addAll(List.of("--env", "PORT=" + port));
            } else {
                words.add(word);
            }
        }
        ProcessBuilder builder = new ProcessBuilder(words).inheritIO();
        builder.environment().putAll(settings);
        builder.environment().put("PORT", Integer.toString(port));
        Troupe troupe = new Troupe(builder.start(), URI.create("http://127.0.0.1:" + port));
        try {
            troupe.awaitReady();
        } catch (RuntimeException | InterruptedException e) {
            troupe.process.destroyForcibly();
            throw e;
        }
        return troupe;
    }

    private void awaitReady() throws InterruptedException {
        HttpRequest probe = HttpRequest.newBuilder(address.resolve("/healthz/ready"))
                .timeout(PATIENCE)
                .build();
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (System.nanoTime() < end) {
                if (!process.isAlive()) {
                    throw new IllegalStateException("It ended with " + process.exitValue() + " before it was ready.");
                }
                try {
                    if (client.send(probe, BodyHandlers.discarding()).statusCode() == 200) {
                        return;
                    }
                } catch (IOException e) {
                    // Nobody listens yet.
                }
                Thread.sleep(PAUSE);
            }
        }
        throw new IllegalStateException("It is not ready after " + PATIENCE.toSeconds() + " s.");
    }

    URI address() {
        return address;
    }

    /// Lets it finish what it does, as the platform would.
    ///
    /// @throws IllegalStateException when it does not within a minute
    void finish() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("It does not end.");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
