package dev.gavel.runtime;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;

/// One JSON object a line on standard output.
final class Log {

    static final String SETTING = "GAVEL_LOG";

    private final Level level;
    private final PrintStream out;

    Log(Level level, PrintStream out) {
        this.level = level;
        this.out = out;
    }

    static Log of(Settings settings) {
        return new Log(level(settings.text(SETTING, "info")), System.out);
    }

    static Level level(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "debug" -> Level.FINE;
            case "info" -> Level.INFO;
            case "warn" -> Level.WARNING;
            case "error" -> Level.SEVERE;
            case "off" -> Level.OFF;
            default ->
                throw new CannotStart("The setting " + SETTING
                        + " must be debug, info, warn, error or off, but it is \"" + name + "\".");
        };
    }

    boolean shows(Level wanted) {
        return wanted.intValue() >= level.intValue();
    }

    /// A line with further members: names and values by turns; null values are left out.
    void line(Level wanted, String message, @Nullable Throwable trouble, @Nullable Object... members) {
        if (!shows(wanted)) {
            return;
        }
        StringBuilder json = new StringBuilder(256);
        json.append("{\"time\":\"").append(Instant.now().truncatedTo(ChronoUnit.MILLIS));
        json.append("\",\"level\":\"").append(name(wanted)).append("\",\"message\":");
        quote(json, message);
        for (int i = 0; i + 1 < members.length; i += 2) {
            Object value = members[i + 1];
            if (value != null) {
                json.append(",\"").append(members[i]).append("\":");
                if (value instanceof Number || value instanceof Boolean) {
                    json.append(value);
                } else {
                    quote(json, value.toString());
                }
            }
        }
        Trace trace = Trace.bound();
        if (trace != null) {
            json.append(",\"trace_id\":\"").append(trace.traceId());
            json.append("\",\"span_id\":\"").append(trace.spanId()).append('"');
        }
        if (trouble != null) {
            StringWriter stack = new StringWriter();
            trouble.printStackTrace(new PrintWriter(stack));
            json.append(",\"trouble\":");
            quote(json, stack.toString());
        }
        byte[] bytes = json.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
        out.flush();
    }

    private static String name(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "error";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "warn";
        }
        return level.intValue() >= Level.INFO.intValue() ? "info" : "debug";
    }

    private static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < ' ' || Character.isSurrogate(c) || c == 0x7f) {
                        json.append(String.format("\\u%04x", (int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }
}
