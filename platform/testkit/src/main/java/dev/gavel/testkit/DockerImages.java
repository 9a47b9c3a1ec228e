package dev.gavel.testkit;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Asks the Docker engine on its Unix socket, and nothing else: libraries that look for an engine can
/// take minutes to find that an image cannot be had.
final class DockerImages {

    private static final String SOCKET = "/var/run/docker.sock";
    private static final int PATIENCE_SECONDS = 2;

    private DockerImages() {}

    /// Whether an engine answers and has the image; false after 2 seconds without an answer.
    static boolean present(String image) {
        return present(socket(System.getenv("DOCKER_HOST")), image);
    }

    static boolean present(@Nullable Path socket, String image) {
        if (socket == null || !Files.exists(socket)) {
            return false;
        }
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        Thread asking = Thread.ofVirtual().start(() -> answer.complete(ask(socket, image)));
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            asking.interrupt();
        }
    }

    /// Engines that are not on a Unix socket are not asked.
    static @Nullable Path socket(@Nullable String dockerHost) {
        if (dockerHost == null || dockerHost.isBlank()) {
            return Path.of(SOCKET);
        }
        return dockerHost.startsWith("unix://") ? Path.of(dockerHost.substring("unix://".length())) : null;
    }

    private static boolean ask(Path socket, String image) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            String request = "GET /images/" + image + "/json HTTP/1.0\r\nHost: docker\r\n\r\n";
            ByteBuffer out = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
            while (out.hasRemaining()) {
                channel.write(out);
            }
            ByteBuffer in = ByteBuffer.allocate("HTTP/1.1 200".length());
            while (in.hasRemaining() && channel.read(in) >= 0) {
                // The status is all that matters; the rest of the answer is not read.
            }
            return new String(in.array(), StandardCharsets.US_ASCII).endsWith(" 200");
        } catch (IOException | UnsupportedOperationException _) {
            return false;
        }
    }
}
