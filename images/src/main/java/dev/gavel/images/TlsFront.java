package dev.gavel.images;

import dev.gavel.testkit.FewRoots;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/// Speaks TLS for a server that does not, as AWS speaks nothing else: what is loaded for the first handshake is a good
/// part of a first request. On the loopback interface; up to 64 connections at once.
final class TlsFront implements AutoCloseable {

    private static final int CONNECTIONS = 64;

    private final URI server;
    private final ServerSocket socket;
    private final Path folder = Files.createTempDirectory("gavel-rehearsal-tls");
    private final FewRoots roots;
    private final Semaphore room = new Semaphore(CONNECTIONS);

    TlsFront(URI server) throws IOException {
        this.server = server;
        try {
            this.roots = FewRoots.in(folder);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted.", e);
        }
        this.socket = roots.context()
                .getServerSocketFactory()
                .createServerSocket(0, CONNECTIONS, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().start(this::accept);
    }

    URI address() {
        return URI.create("https://127.0.0.1:" + socket.getLocalPort());
    }

    /// The roots a process must trust to speak to it, for `javax.net.ssl.trustStore`.
    Path trusted() {
        return roots.store();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                room.acquireUninterruptibly();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                // Closed, or somebody went away again.
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket behind = new Socket(server.getHost(), server.getPort())) {
            Thread back = Thread.ofVirtual().start(() -> pass(behind, client));
            pass(client, behind);
            back.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            room.release();
        }
    }

    private static void pass(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] some = new byte[16 * 1024];
            for (int length = in.read(some); length > 0; length = in.read(some)) {
                out.write(some, 0, length);
                out.flush();
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // One of them went away: both ends are closed below.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
