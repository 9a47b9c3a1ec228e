package dev.gavel.backends;

import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Starts and stops servers at the same time, because each of them mostly waits.
record SideBySide(Consumer<String> report) {
    private static final int START_SECONDS = 180;
    private static final int STOP_SECONDS = 20;
    private static final Executor THREADS =
            task -> Thread.ofPlatform().daemon().name("backend").start(task);

    Map<Backend, RunningBackend> start(Map<Backend, Integer> ports, BackendHome home, BackendFolders folders) {
        var starting = new LinkedHashMap<Backend, CompletableFuture<RunningBackend>>();
        ports.forEach((backend, _) -> starting.put(
                backend, CompletableFuture.supplyAsync(() -> start(backend, ports, home, folders), THREADS)));
        var running = new EnumMap<Backend, RunningBackend>(Backend.class);
        BackendFailure failure = null;
        for (var one : starting.entrySet()) {
            try {
                running.put(one.getKey(), one.getValue().get(START_SECONDS, TimeUnit.SECONDS));
            } catch (Exception trouble) {
                failure = failure == null ? failure(one.getKey(), trouble) : failure;
            }
        }
        if (failure != null) {
            stop(running.values());
            throw failure;
        }
        return running;
    }

    private RunningBackend start(
            Backend backend, Map<Backend, Integer> ports, BackendHome home, BackendFolders folders) {
        var began = System.nanoTime();
        var port = Objects.requireNonNull(ports.get(backend));
        var started = RunningBackend.start(backend, ports, home, folders.run().path(), folders.dataPath());
        report.accept("backend %s ready in %d ms on %s:%d"
                .formatted(backend.title(), millisSince(began), LoopbackPorts.ADDRESS, port));
        return started;
    }

    static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }

    private static BackendFailure failure(Backend backend, @Nullable Throwable trouble) {
        return switch (trouble) {
            case BackendFailure told -> told;
            case TimeoutException late ->
                new BackendFailure(
                        "The %s backend did not start within %d s: close other programs and try again."
                                .formatted(backend.title(), START_SECONDS),
                        late);
            case CompletionException wrapper when wrapper.getCause() != null -> failure(backend, wrapper.getCause());
            case ExecutionException wrapper when wrapper.getCause() != null -> failure(backend, wrapper.getCause());
            case null, default ->
                new BackendFailure("The %s backend did not start: %s.".formatted(backend.title(), trouble), trouble);
        };
    }

    static void stop(Collection<RunningBackend> servers) {
        var stopping = servers.stream()
                .map(server -> CompletableFuture.runAsync(server::stop, THREADS))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(stopping)
                .completeOnTimeout(null, STOP_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
