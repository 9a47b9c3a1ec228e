package dev.gavel.runtime;

import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// Puts what libraries log by way of the JDK's loggers (SLF4J and Commons Logging end there too) into the
/// host's log.
final class LogLines extends Handler {

    private static final SimpleFormatter MESSAGES = new SimpleFormatter();

    private final Log log;

    private LogLines(Log log) {
        this.log = log;
    }

    /// What takes the place of the configuration that the JDK would read from a file.
    public static final class Unconfigured {}

    /// For the main program only: it changes the logging of the whole process. Nobody has to look for who logs: it is
    /// said here.
    static void install(Log log, java.util.logging.Level level) {
        System.setProperty("java.util.logging.config.class", Unconfigured.class.getName());
        System.setProperty("slf4j.provider", "org.slf4j.jul.JULServiceProvider");
        System.setProperty("org.apache.commons.logging.LogFactory", "org.apache.commons.logging.impl.Slf4jLogFactory");
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(level);
        root.addHandler(new LogLines(log));
    }

    @Override
    public void publish(LogRecord line) {
        log.line(line.getLevel(), MESSAGES.formatMessage(line), line.getThrown(), "logger", line.getLoggerName());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
