package dev.gavel.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gavel.testkit.FewRoots;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneGroupTest {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    @TempDir
    static Path folder;

    private static FewRoots roots;

    @BeforeAll
    static void makeACertificate() throws Exception {
        roots = FewRoots.in(folder);
    }

    @Test
    void x25519IsOfferedAloneWhereItIsKnown() throws Exception {
        OneGroup factory = new OneGroup(trusting());
        try (SSLServerSocket server = server("x25519", "secp256r1")) {
            assertThat(offeredBy(factory, server)).containsExactly("x25519");
            await().untilAsserted(() -> assertThat(offeredBy(factory, server)).containsExactly("x25519"));
        }
    }

    @Test
    void whatLacksItIsOfferedTheRestTheNextTime() throws Exception {
        OneGroup factory = new OneGroup(trusting());
        try (SSLServerSocket server = server("secp256r1")) {
            assertThatThrownBy(() -> offeredBy(factory, server)).isInstanceOf(SSLException.class);
            assertThat(offeredBy(factory, server)).contains("x25519", "secp256r1");
            assertThat(offeredBy(factory, server)).contains("x25519", "secp256r1");
        }
    }

    /// The groups with which one connection came about.
    private static String[] offeredBy(SSLSocketFactory factory, SSLServerSocket server) throws IOException {
        try (SSLSocket socket = (SSLSocket) factory.createSocket(LOOPBACK, server.getLocalPort())) {
            socket.setSoTimeout(10_000);
            socket.startHandshake();
            assertThat(socket.getInputStream().read()).isEqualTo('!');
            return socket.getSSLParameters().getNamedGroups();
        }
    }

    private static SSLServerSocket server(String... groups) throws IOException {
        SSLServerSocket server =
                (SSLServerSocket) roots.context().getServerSocketFactory().createServerSocket(0, 8, LOOPBACK);
        SSLParameters parameters = server.getSSLParameters();
        parameters.setNamedGroups(groups);
        server.setSSLParameters(parameters);
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                    client.getOutputStream().write('!');
                } catch (IOException e) {
                    // A handshake that failed, or the end of the test.
                }
            }
        });
        return server;
    }

    private static SSLSocketFactory trusting() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(roots.store())) {
            store.load(in, null);
        }
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trusted.getTrustManagers(), null);
        return context.getSocketFactory();
    }
}
