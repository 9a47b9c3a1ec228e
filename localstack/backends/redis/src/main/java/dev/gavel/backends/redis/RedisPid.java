package dev.gavel.backends.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Remembers which process is our Redis, so that the next start can end it after this JVM was killed.
record RedisPid(Path file) {

    void write(ProcessHandle process, Path binary) throws IOException {
        Files.write(file, List.of(Long.toString(process.pid()), binary.toString(), beginning(process)));
    }

    void forget() throws IOException {
        Files.deleteIfExists(file);
    }

    /// Ends the process only while it is the very one that was started: a pid alone may have passed to
    /// another program.
    void endOrphan() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        var lines = Files.readAllLines(file);
        if (lines.size() == 3 && lines.getFirst().matches("\\d{1,18}")) {
            ProcessHandle.of(Long.parseLong(lines.getFirst()))
                    .filter(process -> runs(process, lines.get(1)))
                    .filter(process -> beginning(process).equals(lines.get(2)))
                    .ifPresent(RedisPid::end);
        }
        forget();
    }

    private static boolean runs(ProcessHandle process, String binary) {
        var command = process.info().command().orElse("");
        return command.equals(binary) || command.equals(binary + " (deleted)");
    }

    private static String beginning(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, 5, TimeUnit.SECONDS)
                .thenAccept(ProcessHandle::destroyForcibly)
                .join();
    }
}
