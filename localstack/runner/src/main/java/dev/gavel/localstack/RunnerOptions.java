package dev.gavel.localstack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the person at the keyboard asked for. `root` is the source tree, `home` takes logs, pids and kept data, `port`
/// is the gateway's (0: any free one), `keep` keeps data over a restart, `replay` lets a tool say when requests were
/// received, `demo` says whom the market begins with.
record RunnerOptions(Path root, Path home, int port, boolean keep, boolean replay, Guests demo) {

    /// Whom the market begins with: nobody, a user to try things with, or that user in a market full of life.
    enum Guests {
        NOBODY,
        USER,
        MARKET
    }

    static final String USAGE =
            "usage: Runner [--root DIR] [--home DIR] [--port N] [--keep] [--replay] [--demo | --no-demo]";

    static RunnerOptions parse(List<String> words) {
        RunnerOptions options = new RunnerOptions(Path.of("."), Path.of(".gavel"), 8080, false, false, Guests.USER);
        Iterator<String> left = words.iterator();
        while (left.hasNext()) {
            String word = left.next();
            options = switch (word) {
                case "--root" -> options.at(Path.of(value(word, left)), options.home);
                case "--home" -> options.at(options.root, Path.of(value(word, left)));
                case "--port" -> options.on(port(value(word, left)));
                case "--keep" -> options.with(true, options.replay, options.demo);
                case "--replay" -> options.with(options.keep, true, options.demo);
                case "--no-demo" -> options.with(options.keep, options.replay, Guests.NOBODY);
                case "--demo" -> options.with(options.keep, options.replay, Guests.MARKET);
                default -> throw new StartFailure("'" + word + "' is not understood; " + USAGE);
            };
        }
        return options.at(
                options.root.toAbsolutePath().normalize(),
                options.home.toAbsolutePath().normalize());
    }

    /// Where data is kept, or null when it is not.
    @Nullable
    Path data() {
        return keep ? home.resolve("data") : null;
    }

    Path run() {
        return home.resolve("run");
    }

    /// The manifests this machine obeys: those of the base, the functions, the gateway, live and the relays, without
    /// overlays.
    List<Path> manifests() {
        Path knative = root.resolve("knative");
        if (!Files.isDirectory(knative.resolve("functions"))) {
            throw new StartFailure(
                    "There is no folder knative/functions in " + root + ": start Gavel from its source tree.");
        }
        return Stream.of("base", "functions", "gateway", "live", "relay")
                .map(knative::resolve)
                .filter(Files::isDirectory)
                .toList();
    }

    private RunnerOptions at(Path newRoot, Path newHome) {
        return new RunnerOptions(newRoot, newHome, port, keep, replay, demo);
    }

    private RunnerOptions on(int newPort) {
        return new RunnerOptions(root, home, newPort, keep, replay, demo);
    }

    private RunnerOptions with(boolean newKeep, boolean newReplay, Guests newDemo) {
        return new RunnerOptions(root, home, port, newKeep, newReplay, newDemo);
    }

    private static String value(String word, Iterator<String> left) {
        if (!left.hasNext()) {
            throw new StartFailure(word + " needs a value; " + USAGE);
        }
        return left.next();
    }

    private static int port(String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65535) {
            throw new StartFailure("'" + text + "' is not a port: write a number from 0 to 65535.");
        }
        return Integer.parseInt(text);
    }
}
