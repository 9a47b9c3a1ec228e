package dev.gavel.simulators;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class MailSimulatorTest {

    /// Subject in UTF-8 and base64, a text in quoted-printable, markup in base64, and a line that begins with a dot.
    private static final String MAIL = """
            Message-ID: <ntc_1@gavel.dev>
            Subject: =?UTF-8?B?64KZ7LCw?=
             =?UTF-8?Q?_:_won?=
            Content-Type: multipart/alternative;
             boundary="b"

            for old readers
            --b
            Content-Type: text/plain; charset=UTF-8
            Content-Transfer-Encoding: quoted-printable

            =EB=82=99=EC=B0=B0 <https://gavel.dev/order.html?id=3D1&x=3D2>=
             end
            ..dot
            --b
            Content-Type: text/html; charset=UTF-8
            Content-Transfer-Encoding: base64

            PHA+PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0PuuCmeywsDwvcD4=
            --b--
            """.replace("\n", "\r\n");

    private final MailSimulator mailbox = new MailSimulator();

    @AfterEach
    void close() {
        mailbox.close();
    }

    @Test
    void aMailIsShownAsTextAndMarkupAndAsJson() throws Exception {
        assertThat(send("buyer@example.com", MAIL)).isEqualTo("250 OK");

        Letter letter = mailbox.letters().getFirst();
        assertThat(letter.messageId()).isEqualTo("<ntc_1@gavel.dev>");
        assertThat(letter.subject()).isEqualTo("낙찰 : won");
        assertThat(letter.to()).containsExactly("buyer@example.com");
        assertThat(letter.text()).isEqualTo("낙찰 <https://gavel.dev/order.html?id=1&x=2> end\n.dot");
        assertThat(letter.html()).isEqualTo("<p><script>alert(1)</script>낙찰</p>");

        assertThat(get("/").body()).contains("받은 편지함", "<a href=\"/messages/1\">낙찰 : won</a>", "buyer@example.com");
        assertThat(get("/messages").body()).contains("\"subject\":\"낙찰 : won\"", "\\n.dot", "\"times\":1");
        assertThat(get("/messages/1").body())
                .contains("<pre>낙찰 &lt;<a href=\"https://gavel.dev/order.html?id=1&amp;x=2\"")
                .contains("sandbox=\"allow-popups allow-popups-to-escape-sandbox\" src=\"/messages/1/html\"")
                .doesNotContain("<script>");
        assertThat(get("/messages/2").statusCode()).isEqualTo(404);
    }

    @Test
    void nothingInAMailRuns() throws Exception {
        send(
                "buyer@example.com",
                MAIL.replace("=EB=82=99=EC=B0=B0", "<script>alert(2)</script>")
                        .replace("=?UTF-8?B?64KZ7LCw?=", "<img src=x onerror=alert(3)>"));
        for (String page : List.of("/", "/messages/1")) {
            assertThat(get(page).body()).doesNotContain("<script", "<img");
            assertThat(policy(page)).contains("default-src 'none'").doesNotContain("script-src");
        }
        assertThat(get("/messages/1/html").body()).contains("<script>alert(1)</script>");
        assertThat(policy("/messages/1/html"))
                .startsWith("sandbox ")
                .contains("default-src 'none'")
                .doesNotContain("allow-scripts", "allow-same-origin", "script-src");
    }

    @Test
    void aRepeatedMailIsShownOnceAndCounted() throws IOException {
        mailbox.loseAnswers(1);
        assertThat(send("buyer@example.com", MAIL)).isEqualTo("");
        assertThat(send("buyer@example.com", MAIL)).isEqualTo("250 OK");
        assertThat(mailbox.letters()).hasSize(1);
        assertThat(mailbox.letters().getFirst().times()).isEqualTo(2);
    }

    @Test
    void onlyTheNewestThousandAreKept() throws IOException {
        try (Talk talk = new Talk()) {
            talk.line();
            for (int i = 1; i <= 1_001; i++) {
                deliver(talk, "a@example.com", "Message-ID: <" + i + ">\r\n\r\nx\r\n");
            }
        }
        assertThat(mailbox.letters()).hasSize(1_000);
        assertThat(mailbox.letters().getFirst().messageId()).isEqualTo("<2>");
    }

    @Test
    void itCanKnowNoSuchRecipientAndBeClosed() throws IOException {
        mailbox.reject("Nobody@example.com");
        try (Talk talk = new Talk()) {
            talk.line();
            assertThat(talk.say("MAIL FROM:<gavel@example.com>")).startsWith("250");
            assertThat(talk.say("RCPT TO:<nobody@example.com>")).startsWith("550");
            assertThat(talk.say("DATA")).startsWith("503");
        }
        mailbox.down(true);
        try (Talk talk = new Talk()) {
            assertThat(talk.line()).startsWith("421");
        }
        mailbox.down(false);
        assertThat(send("buyer@example.com", MAIL)).isEqualTo("250 OK");
    }

    @ParameterizedTest
    @CsvSource({"RCPT TO:<a@b>,503", "MAIL a@b,501", "AUTH PLAIN x,502", "NOOP,250", "RSET,250", "QUIT,221"})
    void whatIsOutOfPlaceIsRefused(String said, String answer) throws IOException {
        try (Talk talk = new Talk()) {
            talk.line();
            assertThat(talk.say(said)).startsWith(answer);
        }
    }

    @Test
    void aMailThatIsTooLargeIsRefused() throws IOException {
        assertThat(send("a@example.com", "Subject: x\r\n\r\n" + ("x".repeat(1000) + "\r\n").repeat(1_100)))
                .startsWith("552");
        assertThat(mailbox.letters()).isEmpty();
    }

    private String send(String to, String mail) throws IOException {
        try (Talk talk = new Talk()) {
            talk.line();
            return deliver(talk, to, mail);
        }
    }

    private static String deliver(Talk talk, String to, String mail) throws IOException {
        talk.say("MAIL FROM:<gavel@example.com> BODY=8BITMIME");
        talk.say("RCPT TO:<" + to + ">");
        assertThat(talk.say("DATA")).startsWith("354");
        return talk.say(mail + ".");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = mailbox.uri().resolve(path);
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        }
    }

    private String policy(String path) throws IOException, InterruptedException {
        return get(path).headers().firstValue("content-security-policy").orElse("");
    }

    /// Speaks SMTP and reads one line for each that it says.
    private final class Talk implements AutoCloseable {

        private final Socket socket = new Socket("127.0.0.1", mailbox.smtp().getPort());
        private final BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));

        Talk() throws IOException {}

        String say(String line) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            return line();
        }

        /// Empty when the other side has closed.
        String line() throws IOException {
            String line = in.readLine();
            return line == null ? "" : line;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
