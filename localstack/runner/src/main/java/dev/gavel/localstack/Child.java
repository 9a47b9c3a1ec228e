package dev.gavel.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A JVM of the platform beside this one. What it prints goes to a log; the end of its standard input tells it that
/// this process is gone.
final class Child {

    private final Process process;
    private final Path log;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /// Starts a `java` command; its first argument becomes the marker of the run folder. Settings of the person's own
    /// shell that functions would take for theirs are not passed on.
    static Child start(RunFolder folder, String name, List<String> command, Map<String, String> environment) {
        List<String> marked = new ArrayList<>(command);
        marked.add(1, folder.marker());
        Path log = folder.file(name + ".out");
        ProcessBuilder builder = new ProcessBuilder(marked)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(Child::foreign);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            folder.pid(name, process.pid());
            return new Child(process, log);
        } catch (IOException e) {
            throw new StartFailure("Java cannot be started for the " + name + ": " + e.getMessage() + ".", e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    /// The last thing it printed, which is one sentence when it refused to start.
    String lastWords() {
        try {
            return Files.readAllLines(log).reversed().stream()
                    .filter(line -> !line.isBlank())
                    .findFirst()
                    .orElse("It said nothing; see " + log);
        } catch (IOException | RuntimeException e) {
            return "See " + log;
        }
    }

    /// Asks it to end, and ends it when it does not in time.
    void stop(Duration patience) {
        process.destroy();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static boolean foreign(String setting) {
        return setting.startsWith("AWS_")
                || setting.startsWith("GAVEL_")
                || setting.startsWith("SPRING_")
                || setting.equals("K_SINK")
                || setting.equals("PORT")
                || setting.equals("JAVA_TOOL_OPTIONS");
    }
}
