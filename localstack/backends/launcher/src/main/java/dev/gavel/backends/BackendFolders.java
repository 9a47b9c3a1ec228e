package dev.gavel.backends;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;

/// The folders one set of servers has for itself, and the log in the first of them.
record BackendFolders(OwnedFolder run, @Nullable OwnedFolder data, BackendLog log) implements AutoCloseable {

    static BackendFolders open(Backends.Options options) {
        var run = options.run() == null ? OwnedFolder.temporary() : OwnedFolder.at(options.run());
        OwnedFolder data = null;
        try {
            data = options.data() == null ? null : OwnedFolder.at(options.data());
            return new BackendFolders(run, data, BackendLog.open(run.path()));
        } catch (RuntimeException trouble) {
            release(data);
            release(run);
            throw trouble;
        }
    }

    @Nullable
    Path dataPath() {
        return data == null ? null : data.path();
    }

    @Override
    public void close() {
        release(data);
        log.close();
        release(run);
    }

    private static void release(@Nullable OwnedFolder folder) {
        try {
            if (folder != null) {
                folder.close();
            }
        } catch (IOException trouble) {
            BackendLog.OWN.log(Level.WARNING, trouble, () -> folder.path() + " was not left clean");
        }
    }
}
