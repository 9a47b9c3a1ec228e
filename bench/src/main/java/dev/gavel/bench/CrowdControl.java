package dev.gavel.bench;

import dev.gavel.events.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Tells a {@link CrowdApplication} what to do and hears what its clients have seen. For one thread.
final class CrowdControl implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 300_000;

    private final Socket connection;
    private final BufferedReader answers;
    private final PrintStream lines;

    CrowdControl(Socket connection) throws IOException {
        this.connection = connection;
        connection.setSoTimeout(PATIENCE_MILLIS);
        this.answers = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
        this.lines = new PrintStream(connection.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /// A crowd without connections.
    void prepare(String name, Dialect dialect, URI address, String auction) {
        ask("prepare " + name + " " + dialect + " " + address + " " + auction);
    }

    /// Opens so many more connections, from several addresses by turns.
    ///
    /// @param after the sequence its clients have without having been told
    /// @throws IllegalStateException when so many cannot be opened
    Crowd.Report open(String name, int count, int sources, long after) {
        return ask("open " + name + " " + count + " " + sources + " " + after);
    }

    /// Waits until everybody has the delta of this sequence, but not for ever; then counting begins anew.
    Crowd.Report await(String name, long last, Duration patience) {
        return ask("await " + name + " " + last + " " + patience.toMillis());
    }

    void close(String name) {
        ask("close " + name);
    }

    private Crowd.Report ask(String line) {
        try {
            lines.println(line);
            String answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException("the process of the clients has ended: see its log");
            }
            CrowdApplication.Answer read = Json.MAPPER.readValue(answer, CrowdApplication.Answer.class);
            if (!read.failure().isEmpty()) {
                throw new IllegalStateException(read.failure());
            }
            return read.report();
        } catch (IOException e) {
            throw new UncheckedIOException("the clients do not answer", e);
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
