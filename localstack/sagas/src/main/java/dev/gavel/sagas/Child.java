package dev.gavel.sagas;

import dev.gavel.events.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A running {@link ChildApplication}, seen from outside.
final class Child implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final URI control;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, URI> addresses = new ConcurrentHashMap<>();

    /// @param environment what every function is told
    Child(Launch launch, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(launch.command());
        builder.redirectError(ProcessBuilder.Redirect.appendTo(launch.log().toFile()));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
            BufferedReader said =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String address = said.readLine();
            if (address == null) {
                throw new IllegalStateException("the functions do not start: see " + launch.log());
            }
            control = URI.create(address);
            Thread.ofVirtual().start(() -> said.lines().forEach(_ -> {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As a power cut: nothing is finished, nothing is said.
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /// Lets it finish, and waits until it has.
    void finish() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process.onExit().join();
    }

    boolean alive() {
        return process.isAlive();
    }

    /// @throws IOException when the process is dead
    void time(Instant now) throws IOException {
        ask("/time", now.toString());
    }

    /// Where a function is; it is started if need be.
    ///
    /// @throws IOException when the process is dead
    URI address(String service, Map<String, String> settings) throws IOException {
        URI known = addresses.get(service);
        if (known == null) {
            known = URI.create(ask("/start", Json.MAPPER.writeValueAsString(settings)));
            addresses.put(service, known);
        }
        return known;
    }

    private String ask(String path, String body) throws IOException {
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(control.resolve(path))
                            .timeout(PATIENCE)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + " " + body + " was answered " + answer.statusCode());
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
        client.shutdownNow();
    }
}
