package dev.gavel.backends;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;

/// A folder only one set of servers may use at a time. The lock ends with the process, however it ends.
final class OwnedFolder implements AutoCloseable {
    private static final String LOCK = "backends.lock";

    private final Path path;
    private final FileChannel lock;
    private final boolean temporary;

    private OwnedFolder(Path path, FileChannel lock, boolean temporary) {
        this.path = path;
        this.lock = lock;
        this.temporary = temporary;
    }

    static OwnedFolder temporary() {
        try {
            return own(Files.createTempDirectory("gavel-backends-"), true);
        } catch (IOException trouble) {
            throw new BackendFailure(
                    "No temporary folder can be made in %s: free some space or set -Djava.io.tmpdir."
                            .formatted(System.getProperty("java.io.tmpdir")),
                    trouble);
        }
    }

    static OwnedFolder at(Path path) {
        try {
            return own(Files.createDirectories(path.toAbsolutePath()), false);
        } catch (IOException trouble) {
            throw new BackendFailure(
                    "The folder %s cannot be written: choose another one or make it writable.".formatted(path),
                    trouble);
        }
    }

    private static OwnedFolder own(Path path, boolean temporary) throws IOException {
        var channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return new OwnedFolder(path, channel, temporary);
            }
        } catch (OverlappingFileLockException sameProcess) {
            // Answered below like a lock of another process.
        }
        channel.close();
        throw new BackendFailure(
                "The folder %s is in use by backends that already run: stop them with './gavel down' or choose another folder."
                        .formatted(path));
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        lock.close();
        if (temporary) {
            try (var files = Files.walk(path)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
