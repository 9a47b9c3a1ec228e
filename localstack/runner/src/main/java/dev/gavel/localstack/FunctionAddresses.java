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

/// Where each function listens: written by the functions process once all of them do, read by everybody who calls one.
/// Empty while that process is not there.
final class FunctionAddresses {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Map<String, URI> addresses = Map.of();
    private boolean closed;

    /// The file as it is on disk; `pid` tells which process wrote it.
    record Published(long pid, Map<String, URI> services) {

        /// Writes the file in one step, so that it is only ever seen whole.
        void write(Path file) throws IOException {
            Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
            Files.writeString(unfinished, Json.FACTS.writeValueAsString(new Published(pid, new TreeMap<>(services))));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }

        static Optional<Published> read(Path file) throws IOException {
            return Files.exists(file)
                    ? Optional.of(Json.FACTS.readValue(Files.readString(file), Published.class))
                    : Optional.empty();
        }
    }

    synchronized void set(Map<String, URI> services) {
        addresses = Map.copyOf(services);
        notifyAll();
    }

    /// Nobody comes back any more: whoever waits is told at once.
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized Map<String, URI> all() {
        return addresses;
    }

    /// Where a function is now, if it is there.
    synchronized Optional<URI> find(String service) {
        return Optional.ofNullable(addresses.get(service));
    }

    /// Where a function is, waiting for it to come back as a cluster's activator would: up to 30 seconds.
    ///
    /// @throws IllegalStateException when it did not come
    synchronized URI await(String service) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!addresses.containsKey(service)) {
                long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
                if (millis <= 0 || closed || !addresses.isEmpty()) {
                    throw new IllegalStateException("no function " + service + " is running");
                }
                wait(millis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while waiting for " + service, e);
        }
        return Objects.requireNonNull(addresses.get(service));
    }
}
