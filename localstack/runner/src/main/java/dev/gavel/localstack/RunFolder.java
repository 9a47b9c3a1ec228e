package dev.gavel.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/// The folder of one running platform: pids, logs, addresses and the progress that `./gavel up` shows. Only one
/// platform can have it at a time; the lock ends with the process, however it ends.
final class RunFolder implements AutoCloseable {

    private final Path path;
    private final FileChannel lock;
    private final long began = System.nanoTime();

    private RunFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /// @throws StartFailure when another platform has it, or it cannot be written
    static RunFolder open(Path path) {
        try {
            Files.createDirectories(path);
            FileChannel lock =
                    FileChannel.open(path.resolve("runner.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock.tryLock() == null) {
                lock.close();
                throw new StartFailure("Gavel already runs with " + path
                        + ": use './gavel status', or './gavel down' before you start it again.");
            }
            RunFolder folder = new RunFolder(path, lock);
            for (String old :
                    new String[] {"progress", "url", "functions.json", "live.json", "replay-key", "welcome"}) {
                Files.deleteIfExists(path.resolve(old));
            }
            folder.removeRelays();
            folder.pid("runner", ProcessHandle.current().pid());
            return folder;
        } catch (IOException e) {
            throw new StartFailure("The folder " + path + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /// What marks every process of this platform, so that nobody ever ends another one.
    String marker() {
        return "-Dgavel.run=" + path;
    }

    void pid(String name, long pid) {
        write(name + ".pid", pid + "\n");
    }

    void write(String name, String text) {
        try {
            Files.writeString(path.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A file only its owner may read.
    static void writeSecret(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, text);
    }

    /// One line for whoever watches the start, with the seconds since it began.
    synchronized void progress(String line) {
        double seconds = (System.nanoTime() - began) / 1e9;
        append(String.format(Locale.ROOT, "%6.1f s  %s%n", seconds, line));
    }

    /// The last line: `ready`, or `failed` and a sentence.
    synchronized void conclude(String word) {
        append(word + "\n");
    }

    private void append(String line) {
        try {
            Files.writeString(path.resolve("progress"), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void remove(String... names) {
        for (String name : names) {
            try {
                Files.deleteIfExists(path.resolve(name));
            } catch (IOException e) {
                // Whoever reads a pid file checks that the process is there and ours.
            }
        }
    }

    private void removeRelays() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, RelayPlan.PREFIX + "*.{pid,json}")) {
            files.forEach(file -> remove(file.getFileName().toString()));
        } catch (IOException e) {
            // As above.
        }
    }

    @Override
    public void close() {
        remove(
                "runner.pid",
                "functions.pid",
                "live.pid",
                "backends.pid",
                "url",
                "replay-key",
                "functions.json",
                "live.json",
                Outsiders.MAILBOX);
        removeRelays();
        try {
            lock.close();
        } catch (IOException e) {
            // It ends with the process.
        }
    }
}
