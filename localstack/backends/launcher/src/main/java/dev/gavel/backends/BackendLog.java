package dev.gavel.backends;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.FileHandler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;

/// What the servers have to say goes to one small file, warnings and worse only; the terminal stays for
/// people.
final class BackendLog implements AutoCloseable {
    static final String FILE = "backends.log";
    static final Logger OWN = Logger.getLogger("dev.gavel.backends");

    private static final int MAXIMUM_BYTES = 8 << 20;

    /// Held here because java.util.logging forgets the level of a logger nobody refers to.
    private static final List<Logger> SERVERS = Stream.of(
                    "kafka", "org.apache", "state", "org.elasticmq", "pekko", "scalikejdbc", "org.gaul", "org.eclipse")
            .map(Logger::getLogger)
            .toList();

    private static final List<Logger> MORE = Stream.of("software.amazon", "com.almworks", "redis.embedded")
            .map(Logger::getLogger)
            .toList();

    private final FileHandler file;

    private BackendLog(FileHandler file) {
        this.file = file;
    }

    static BackendLog open(Path run) {
        try {
            var file = new FileHandler(run.resolve(FILE).toString().replace("%", "%%"), MAXIMUM_BYTES, 1);
            file.setFormatter(new SimpleFormatter());
            file.setLevel(Level.WARNING);
            loggers().forEach(logger -> {
                logger.setLevel(Level.WARNING);
                logger.setUseParentHandlers(false);
                logger.addHandler(file);
            });
            return new BackendLog(file);
        } catch (IOException trouble) {
            throw new BackendFailure("The log in %s cannot be written: choose another folder.".formatted(run), trouble);
        }
    }

    /// For a JVM that is the servers' alone: nothing else may write to the terminal either.
    static void takeOver() {
        LogManager.getLogManager().reset();
        System.setOut(new PrintStream(new Lines(), true, StandardCharsets.UTF_8));
    }

    private static Stream<Logger> loggers() {
        return Stream.of(SERVERS, MORE, List.of(OWN)).flatMap(List::stream);
    }

    @Override
    public void close() {
        loggers().forEach(logger -> logger.removeHandler(file));
        file.close();
    }

    /// Some servers print instead of logging.
    private static final class Lines extends OutputStream {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        @Override
        public synchronized void write(int b) {
            if (b != '\n' && line.size() < 4096) {
                line.write(b);
                return;
            }
            OWN.warning(line.toString(StandardCharsets.UTF_8));
            line.reset();
        }
    }
}
