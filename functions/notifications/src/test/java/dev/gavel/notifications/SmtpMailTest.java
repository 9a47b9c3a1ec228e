package dev.gavel.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gavel.notifications.Mail.Letter;
import dev.gavel.simulators.MailSimulator;
import dev.gavel.testkit.MovableClock;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SmtpMailTest {

    private static final Letter LETTER =
            new Letter("ntc_1", "minji@example.com", Language.KO, "낙찰되었습니다", "맥북 · 52,000원", "<p>맥북 · 52,000원</p>");

    private final MailSimulator mailbox = new MailSimulator();
    private final SmtpMail mail = mail(mailbox.smtp(), null, Duration.ofSeconds(10));

    private static SmtpMail mail(URI server, @Nullable String user, Duration timeout) {
        return new SmtpMail(server, user, user, "Gavel <no-reply@gavel.dev>", timeout, MovableClock.at(Post.NOON));
    }

    @AfterEach
    void stop() {
        mailbox.close();
    }

    @Test
    void aLetterArrivesInBothForms() {
        assertThat(mail.send(LETTER)).isEqualTo(new Sending.Sent());
        assertThat(mailbox.letters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.toString())
                        .contains("낙찰되었습니다", "minji@example.com", "no-reply@gavel.dev", "맥북 · 52,000원", "<p>맥북"));
    }

    @Test
    void aRepeatedLetterIsTheSameLetter() {
        mailbox.loseAnswers(1);
        assertThat(mail.send(LETTER)).isInstanceOf(Sending.Unclear.class);
        assertThat(mail.send(LETTER)).isEqualTo(new Sending.Sent());
        assertThat(mailbox.letters()).hasSize(1);
    }

    @Test
    void aRecipientWhoDoesNotExistIsRefusedForGood() {
        mailbox.reject("minji@example.com");
        assertThat(mail.send(LETTER)).isEqualTo(new Sending.Refused("SMTP_550"));
        Letter nobody = new Letter("ntc_2", "no address\r\nBcc: x@y.z", Language.KO, "s", "t", "h");
        assertThat(mail.send(nobody)).isEqualTo(new Sending.Refused("NO_ADDRESS"));
    }

    @Test
    void aServerInTroubleSaysNothingAboutTheLetter() {
        mailbox.down(true);
        assertThat(mail.send(LETTER)).isInstanceOf(Sending.Unclear.class);
        mailbox.down(false);
        assertThat(mail.send(LETTER)).isEqualTo(new Sending.Sent());
        mailbox.close();
        assertThat(mail.send(LETTER)).isInstanceOf(Sending.Unclear.class);
    }

    @Test
    void aServerThatNeverAnswersIsNotWaitedFor() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI server = URI.create("smtp://127.0.0.1:" + silent.getLocalPort());
            assertThat(mail(server, null, Duration.ofMillis(300)).send(LETTER)).isInstanceOf(Sending.Unclear.class);
        }
    }

    @Test
    void aPasswordIsNotSentWithoutEncryption() {
        assertThat(mail(mailbox.smtp(), "secret", Duration.ofSeconds(10)).send(LETTER))
                .isInstanceOf(Sending.Unclear.class);
        assertThat(mailbox.letters()).isEmpty();
    }

    @Test
    void aSettingThatMakesNoSenseIsRefused() {
        for (String url : new String[] {"http://x:25", "smtp:x", "x"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> mail(URI.create(url), null, Duration.ofSeconds(1)))
                    .withMessageContaining("GAVEL_SMTP_URL");
        }
    }
}
