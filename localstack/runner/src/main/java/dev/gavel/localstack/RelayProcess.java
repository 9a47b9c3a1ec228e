package dev.gavel.localstack;

import dev.gavel.relay.RelayApplication;
import dev.gavel.runtime.CannotStart;
import dev.gavel.runtime.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/// The JVM of one relay; its settings are in its environment. Ends when whoever started it is gone.
final class RelayProcess {

    private RelayProcess() {}

    /// @param arguments its name, and the file to write the address to
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Logging.begin();
        Thread.ofPlatform().daemon().name("parent-watch").start(FunctionsProcess::endWithParent);
        try {
            RelayApplication application = RelayApplication.start(Settings.of(Map.of()));
            Runtime.getRuntime().addShutdownHook(new Thread(application::drain, "drain"));
            URI address = URI.create("http://127.0.0.1:" + application.port());
            new FunctionAddresses.Published(ProcessHandle.current().pid(), Map.of(arguments[0], address))
                    .write(Path.of(arguments[1]));
            Thread.currentThread().join();
        } catch (CannotStart sentence) {
            System.err.println(sentence.getMessage());
            System.exit(1);
        }
    }
}
