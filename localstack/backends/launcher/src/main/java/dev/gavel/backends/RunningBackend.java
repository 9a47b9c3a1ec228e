package dev.gavel.backends;

import java.lang.reflect.InvocationTargetException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;

/// One server that was started, seen from outside its class loader: only types of the JDK cross that border.
record RunningBackend(Backend backend, int port, ClassLoader loader, AutoCloseable server) {

    /// @param ports of all servers that are started together, as one may have something to tell
    /// another
    static RunningBackend start(
            Backend backend, Map<Backend, Integer> ports, BackendHome home, Path run, @Nullable Path data) {
        int port = Objects.requireNonNull(ports.get(backend));
        // Never closed: threads that outlive a server's stop for a moment still load classes.
        var loader = new URLClassLoader(backend.title(), home.classPath(backend), ClassLoader.getPlatformClassLoader());
        var options = new HashMap<String, String>(Map.of("port", Integer.toString(port), "run", run.toString()));
        var sqs = ports.get(Backend.SQS);
        if (sqs != null) {
            options.put("sqs", Backend.SQS.endpoint(sqs).toString());
        }
        if (data != null) {
            options.put("data", data.resolve(backend.title()).toString());
        }
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            var start = loader.loadClass(backend.className()).getMethod("start", Map.class);
            return new RunningBackend(
                    backend, port, loader, (AutoCloseable) Objects.requireNonNull(start.invoke(null, options)));
        } catch (InvocationTargetException trouble) {
            throw failure(backend, run, trouble.getCause());
        } catch (ReflectiveOperationException | LinkageError trouble) {
            throw failure(backend, run, trouble);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /// A server's own sentence is passed on; anything else is named here and told in full in the log.
    private static BackendFailure failure(Backend backend, Path run, @Nullable Throwable cause) {
        BackendLog.OWN.log(Level.SEVERE, cause, () -> backend.title() + " did not start");
        return cause instanceof IllegalStateException told && told.getMessage() != null && isOurs(told)
                ? new BackendFailure(told.getMessage(), told)
                : new BackendFailure(
                        "The %s backend did not start (%s): see %s."
                                .formatted(backend.title(), cause, run.resolve(BackendLog.FILE)),
                        cause);
    }

    private static boolean isOurs(Throwable told) {
        var trace = told.getStackTrace();
        return trace.length > 0 && trace[0].getClassName().startsWith(RunningBackend.class.getPackageName());
    }

    void stop() {
        Thread.currentThread().setContextClassLoader(loader);
        try {
            server.close();
        } catch (Exception | LinkageError trouble) {
            BackendLog.OWN.log(Level.WARNING, trouble, () -> backend.title() + " did not stop cleanly");
        }
    }
}
