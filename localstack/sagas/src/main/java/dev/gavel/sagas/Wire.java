package dev.gavel.sagas;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Stands between the process under test and a mail server, and asks its {@link Fate} at every mail. Both sides speak
/// by turns, so that one thread carries each conversation.
final class Wire implements AutoCloseable {

    private final ServerSocket door;
    private final URI target;
    private final Fate fate;

    Wire(URI target, Fate fate) {
        this.target = target;
        this.fate = fate;
        try {
            door = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("wire").start(this::listen);
    }

    URI uri() {
        return URI.create("smtp://127.0.0.1:" + door.getLocalPort());
    }

    private void listen() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Thread.ofVirtual().start(() -> talk(client));
            } catch (IOException _) {
                // Closed.
            }
        }
    }

    private void talk(Socket client) {
        try (client;
                Socket server = new Socket(target.getHost(), target.getPort())) {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            BufferedReader said = reader(client);
            BufferedReader answered = reader(server);
            pass(answered, client.getOutputStream());
            boolean mail = false;
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                boolean ends = mail && line.equals(".");
                String noted = ends ? fate.notes("mail") : "";
                if (ends && fate.before(noted)) {
                    return;
                }
                write(server.getOutputStream(), line);
                if (mail && !ends) {
                    continue;
                }
                String reply = read(answered);
                if (ends && fate.after(noted)) {
                    return;
                }
                mail = !ends && line.toUpperCase(Locale.ROOT).equals("DATA") && reply.startsWith("354");
                write(client.getOutputStream(), reply);
            }
        } catch (IOException _) {
            // One of them went away, and so goes the other.
        }
    }

    private static void pass(BufferedReader from, OutputStream to) throws IOException {
        write(to, read(from));
    }

    /// A whole reply: its lines but for the last have a hyphen after the code.
    private static String read(BufferedReader from) throws IOException {
        StringBuilder reply = new StringBuilder();
        while (true) {
            @Nullable String line = from.readLine();
            if (line == null) {
                throw new IOException("the mail server went away");
            }
            reply.append(line);
            if (line.length() < 4 || line.charAt(3) != '-') {
                return reply.toString();
            }
            reply.append("\r\n");
        }
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    private static void write(OutputStream to, String lines) throws IOException {
        to.write((lines + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        to.flush();
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
