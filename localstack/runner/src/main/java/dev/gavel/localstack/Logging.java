package dev.gavel.localstack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.logging.LogManager;

/// One line for each thing worth knowing, on standard error, which goes to the log of the process.
final class Logging {

    private Logging() {}

    /// To be called first: nothing else in the process may choose another way to log.
    static void begin() {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        try (InputStream properties = Logging.class.getResourceAsStream("logging.properties")) {
            LogManager.getLogManager().readConfiguration(properties);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
