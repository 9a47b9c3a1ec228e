package dev.gavel.localstack;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a process of the platform running, the functions, the live service or a relay: when it dies it is started
/// again, after
/// a pause that doubles from half a second to ten seconds and begins anew once it has lived for half a minute.
final class Supervisor {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONG_LIFE = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    static final String FUNCTIONS = "functions";
    static final String LIVE = "live";

    private final String name;
    private final RunFolder folder;
    private final FunctionAddresses addresses;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Thread thread;
    private volatile @Nullable Child child;
    private volatile boolean stopping;
    private volatile int restarts;
    private volatile String lastWords = "";

    Supervisor(
            String name,
            RunFolder folder,
            FunctionAddresses addresses,
            List<String> command,
            Map<String, String> environment) {
        this.name = name;
        this.thread = Thread.ofPlatform().daemon().name(name + "-supervisor").unstarted(this::run);
        this.folder = folder;
        this.addresses = addresses;
        this.command = command;
        this.environment = environment;
    }

    void start() {
        begin();
        thread.start();
    }

    /// @throws StartFailure with its own last words when it ended before it was ready, or when it takes too long
    void awaitReady(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (addresses.of(name).isEmpty()) {
            Child current = child;
            if (restarts > 0 || current == null) {
                throw new StartFailure(current == null ? "The process of " + name + " did not start." : lastWords);
            }
            if (System.nanoTime() > deadline) {
                throw new StartFailure("The process of " + name + " did not start in " + patience.toSeconds()
                        + " seconds; see " + folder.file(name + ".out") + ".");
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    String name() {
        return name;
    }

    int restarts() {
        return restarts;
    }

    Optional<Long> pid() {
        Child current = child;
        return current == null || !current.alive() ? Optional.empty() : Optional.of(current.pid());
    }

    void stop(Duration patience) {
        stopping = true;
        thread.interrupt();
        Child current = child;
        if (current != null) {
            current.stop(patience);
        }
    }

    private void begin() {
        child = Child.start(folder, name, command, environment);
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        try {
            while (!stopping) {
                long began = System.nanoTime();
                Child current = Objects.requireNonNull(child);
                publishWhenReady(current);
                int status = current.waitFor();
                addresses.set(name, Map.of());
                if (stopping) {
                    return;
                }
                lastWords = current.lastWords();
                restarts++;
                pause = System.nanoTime() - began > LONG_LIFE.toNanos() ? FIRST_PAUSE : pause;
                LOG.warn(
                        "The process of {} ended with status {}; it is started again in {} ms.",
                        name,
                        status,
                        pause.toMillis());
                Thread.sleep(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
                begin();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StartFailure e) {
            LOG.error("{}", e.getMessage());
        }
    }

    private void publishWhenReady(Child current) throws InterruptedException {
        Path file = folder.file(name + ".json");
        while (current.alive() && !stopping) {
            try {
                Optional<FunctionAddresses.Published> published = FunctionAddresses.Published.read(file);
                if (published.isPresent() && published.get().pid() == current.pid()) {
                    addresses.set(name, published.get().services());
                    return;
                }
            } catch (IOException | RuntimeException e) {
                LOG.warn("{} cannot be read: {}", file, e.getMessage());
            }
            Thread.sleep(LOOK_EVERY);
        }
    }
}
