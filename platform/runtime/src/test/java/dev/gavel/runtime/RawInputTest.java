package dev.gavel.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What no client library would send.
class RawInputTest {

    private static FunctionHost host;

    @BeforeAll
    static void start() {
        host = FunctionHost.start(
                HostOptions.of("offer,followAuction").with("GAVEL_LOG", "off").with("GAVEL_REQUEST_TIMEOUT", "0.5"),
                Map.of("callerVerifier", new TrustingCallerVerifier()),
                SampleFunctions.class);
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    /// The status of the answer, or 0 when the connection was just closed.
    private static int status(byte[] request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", host.port())) {
            socket.setSoTimeout(10_000);
            try {
                socket.getOutputStream().write(request);
                socket.shutdownOutput();
                String answer = new String(all(socket.getInputStream()), StandardCharsets.ISO_8859_1);
                assertThat(answer).doesNotContain("Exception in").doesNotContain("\tat ");
                return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
            } catch (java.net.SocketException e) {
                return 0;
            }
        }
    }

    private static byte[] all(InputStream in) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        in.transferTo(out);
        return out.toByteArray();
    }

    private static int status(String request) throws IOException {
        return status(request.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static final String HEAD = "POST " + Client.OFFERS + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            + "Authorization: Bearer " + Client.ALICE + "\r\nContent-Type: application/json\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n\r\n",
                "GET\r\n\r\n",
                "\u0000\u0001\u0002\r\n\r\n",
                "GET / HTTP/9.9\r\nConnection: close\r\n\r\n",
                "GET /%zz HTTP/1.1\r\n\r\n",
                "GET /%ff%fe HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET //x HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET http:x HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET mailto:a@b HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET ? HTTP/1.1\r\nConnection: close\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nConnection: close\r\n\r\n",
                "BREW / HTTP/1.1\r\nConnection: close\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: 99999999999999\r\nConnection: close\r\n\r\nx",
                "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nx",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\nx",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n7fffffffffffffff\r\nx",
                "POST / HTTP/1.1\r\nce-specversion: 1.0\r\nce-id: \u00ff\u0080\r\nConnection: close\r\n\r\n",
                "POST / HTTP/1.1\r\nce-specversion: 1.0\r\nce-id: a\r\nce-source: %%\r\nce-type: x\r\nConnection: close\r\n\r\n",
                "POST / HTTP/1.1\r\nbad header\r\n\r\n",
                "POST / HTTP/1.1\r\nbad\u0001name: x\r\n\r\n",
                "GET /v1/auctions/a/offers?%zz=1 HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\ntraceparent: 00-zz\r\nx-request-id: \u00e4\u0001\r\nConnection: close\r\n\r\n",
                "hello"
            })
    void garbageIsTheSendersFault(String request) throws IOException {
        assertThat(status(request)).isLessThan(500);
    }

    @Test
    void noiseIsTheSendersFault() throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < 100; i++) {
            byte[] noise = new byte[random.nextInt(400)];
            random.nextBytes(noise);
            assertThat(status(noise)).isLessThan(500);
        }
    }

    @Test
    void brokenRequestsAreTheSendersFault() throws IOException {
        Random random = new Random(8);
        byte[] good = (HEAD + "Idempotency-Key: k\r\nContent-Length: " + Client.GOOD.length() + "\r\n\r\n"
                        + Client.GOOD)
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(status(good)).isEqualTo(201);
        for (int i = 0; i < 200; i++) {
            byte[] broken = good.clone();
            for (int j = 0; j <= random.nextInt(4); j++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            // 501 is the server's word for a transfer encoding it does not know.
            assertThat(status(broken))
                    .satisfiesAnyOf(
                            status -> assertThat(status).isLessThan(500),
                            status -> assertThat(status).isEqualTo(501));
        }
    }

    @Test
    void tooManyOrTooLongHeadersAreRefused() throws IOException {
        assertThat(status(HEAD + "X: y\r\n".repeat(5000) + "\r\n")).isLessThan(500);
        assertThat(status(HEAD + "X: " + "y".repeat(100_000) + "\r\n\r\n")).isLessThan(500);
        assertThat(status("GET /" + "y".repeat(200_000) + " HTTP/1.1\r\n\r\n")).isLessThan(500);
    }

    @Test
    void aBodyThatBreaksOffIsNotAnsweredAsOurFault() throws IOException {
        assertThat(status(HEAD + "Idempotency-Key: k2\r\nContent-Length: 50\r\n\r\n{"))
                .isLessThan(500);
    }

    @Test
    void aBodyThatDoesNotComeIsTimedOut() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", host.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((HEAD + "Idempotency-Key: k3\r\nContent-Length: 50\r\n\r\n{")
                            .getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(answer).startsWith("HTTP/1.1 408").contains("body-too-slow");
        }
    }

    @Test
    void theHostStillWorksAfterAllThis() {
        try (Client client = new Client(host)) {
            assertThat(client.post(Client.OFFERS, Client.GOOD).statusCode()).isEqualTo(201);
        }
    }
}
