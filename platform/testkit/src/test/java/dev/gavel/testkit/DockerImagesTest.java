package dev.gavel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DockerImagesTest {

    private static final String IMAGE = "localstack/localstack:4.14.0";

    @TempDir
    Path folder;

    @Test
    void anEngineThatHasTheImageIsFound() throws IOException {
        assertThat(askedAt("HTTP/1.1 200 OK\r\n\r\n{}")).isTrue();
    }

    @Test
    void anEngineWithoutTheImageDoesNotCount() throws IOException {
        assertThat(askedAt("HTTP/1.1 404 Not Found\r\n\r\n{}")).isFalse();
        assertThat(DockerImages.present(folder.resolve("none.sock"), IMAGE)).isFalse();
    }

    @Test
    @Timeout(30)
    void anEngineThatHangsIsNotWaitedFor() throws IOException {
        Path socket = folder.resolve("hangs.sock");
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            assertThat(DockerImages.present(socket, IMAGE)).isFalse();
        }
    }

    @Test
    void theSocketIsTheOneDockerIsToldToUse() {
        assertThat(DockerImages.socket(null)).isEqualTo(Path.of("/var/run/docker.sock"));
        assertThat(DockerImages.socket("unix:///run/user/1/docker.sock")).isEqualTo(Path.of("/run/user/1/docker.sock"));
        assertThat(DockerImages.socket("tcp://10.0.0.1:2375")).isNull();
    }

    private boolean askedAt(String answer) throws IOException {
        Path socket = folder.resolve("docker" + answer.substring(9, 12) + ".sock");
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Thread.ofVirtual().start(() -> serve(server, answer));
            return DockerImages.present(socket, IMAGE);
        }
    }

    private static void serve(ServerSocketChannel server, String answer) {
        try (SocketChannel channel = server.accept()) {
            ByteBuffer request = ByteBuffer.allocate(200);
            channel.read(request);
            String asked = new String(request.array(), 0, request.position(), StandardCharsets.US_ASCII);
            String given = asked.startsWith("GET /images/" + IMAGE + "/json ") ? answer : "HTTP/1.1 400 Bad\r\n\r\n";
            channel.write(ByteBuffer.wrap(given.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException closed) {
            throw new IllegalStateException(closed);
        }
    }
}
