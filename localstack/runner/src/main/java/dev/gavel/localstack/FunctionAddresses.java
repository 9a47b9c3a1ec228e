package dev.gavel.localstack;

import dev.gavel.events.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// Where each Service listens: written by the process that runs it once all of its Services do, read by everybody who
/// calls one. Nothing is known of a process that is not there.
final class FunctionAddresses {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Map<String, Map<String, URI>> bySource = new TreeMap<>();
    private boolean closed;

    /// The file as it is on disk; `pid` tells which process wrote it.
    record Published(long pid, Map<String, URI> services) {

        /// Writes the file in one step, so that it is only ever seen whole.
        void write(Path file) throws IOException {
            Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
            Files.writeString(unfinished, Json.MAPPER.writeValueAsString(new Published(pid, new TreeMap<>(services))));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }

        static Optional<Published> read(Path file) throws IOException {
            return Files.exists(file)
                    ? Optional.of(Json.MAPPER.readValue(Files.readString(file), Published.class))
                    : Optional.empty();
        }
    }

    /// @param source the process that runs them; what it ran before is forgotten
    synchronized void set(String source, Map<String, URI> services) {
        bySource.put(source, Map.copyOf(services));
        notifyAll();
    }

    /// What one process runs.
    synchronized Map<String, URI> of(String source) {
        return bySource.getOrDefault(source, Map.of());
    }

    /// Nobody comes back any more: whoever waits is told at once.
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized Map<String, URI> all() {
        Map<String, URI> all = new TreeMap<>();
        bySource.values().forEach(all::putAll);
        return all;
    }

    /// Where a function is now, if it is there.
    synchronized Optional<URI> find(String service) {
        return bySource.values().stream()
                .map(services -> services.get(service))
                .filter(Objects::nonNull)
                .findFirst();
    }

    /// Where a function is, waiting for it to come back as a cluster's activator would: up to 30 seconds.
    ///
    /// @throws IllegalStateException when it did not come
    synchronized URI await(String service) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            Optional<URI> found = find(service);
            while (found.isEmpty()) {
                long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
                if (millis <= 0 || closed || !of(Supervisor.FUNCTIONS).isEmpty()) {
                    throw new IllegalStateException("no function " + service + " is running");
                }
                wait(millis);
                found = find(service);
            }
            return found.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while waiting for " + service, e);
        }
    }
}
