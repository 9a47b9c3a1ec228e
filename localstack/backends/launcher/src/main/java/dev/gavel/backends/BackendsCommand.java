package dev.gavel.backends;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// The servers as a program: starts them, says so, and waits to be ended.
record BackendsCommand(PrintStream out, PrintStream err) {

    int run(List<String> words) {
        if (words.contains("--help")) {
            out.println(Arguments.HELP);
            return 0;
        }
        try {
            serve(Arguments.parse(words));
            return 0;
        } catch (BackendFailure told) {
            err.println(told.getMessage());
        } catch (IOException trouble) {
            err.println("The file with the ports cannot be written (%s): choose another --run folder."
                    .formatted(trouble.getMessage()));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        return 1;
    }

    private void serve(Arguments arguments) throws IOException, InterruptedException {
        var began = System.nanoTime();
        BackendLog.takeOver();
        var backends = Backends.start(arguments.options(this::say));
        var ready = new ReadyFile(arguments.run());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(backends, ready), "stop-backends"));
        ready.write(backends.ports());
        say("backends ready in %d ms".formatted(SideBySide.millisSince(began)));
        awaitEnd(arguments);
    }

    private synchronized void say(String line) {
        out.println(line);
        out.flush();
    }

    private static void awaitEnd(Arguments arguments) throws InterruptedException {
        var parent = arguments.parent();
        if (parent == null) {
            new CountDownLatch(1).await();
        }
        while (parent != null && parent.isAlive()) {
            Thread.sleep(1000);
        }
    }

    private void stop(Backends backends, ReadyFile ready) {
        ready.remove();
        backends.close();
        say("backends stopped");
    }

    /// Tells other programs where the servers are, and is only ever seen whole.
    record ReadyFile(Path run) {
        private static final String NAME = "backends.json";

        void write(Map<String, Integer> ports) throws IOException {
            var json = new StringBuilder("{");
            ports.forEach((name, port) -> json.append("\"%s\":%d,".formatted(name, port)));
            json.append("\"pid\":%d}%n".formatted(ProcessHandle.current().pid()));
            var unfinished = run.resolve(NAME + ".tmp");
            Files.writeString(unfinished, json);
            Files.move(
                    unfinished, run.resolve(NAME), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }

        void remove() {
            try {
                Files.deleteIfExists(run.resolve(NAME));
            } catch (IOException ignored) {
                // Whoever reads it checks the pid.
            }
        }
    }
}
