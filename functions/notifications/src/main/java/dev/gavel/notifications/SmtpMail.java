package dev.gavel.notifications;

import jakarta.mail.Authenticator;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/// Mail by SMTP: `smtps://host:465` with TLS from the start, `smtp://host:587` with STARTTLS, which is demanded
/// whenever there is a password to keep. 5xx about the recipient or the message is refused for good; everything
/// else is unclear.
final class SmtpMail implements Mail {

    private static final int MOST_AT_ONCE = 16;

    private final Session session;
    private final InternetAddress from;
    private final String domain;
    private final Clock clock;
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);

    /// @param username null sends without signing in
    /// @param timeout for each step of the conversation
    /// @throws IllegalArgumentException when the address or the sender is none
    SmtpMail(
            URI server,
            @Nullable String username,
            @Nullable String password,
            String from,
            Duration timeout,
            Clock clock) {
        boolean tls = "smtps".equals(server.getScheme());
        if (server.getHost() == null || !tls && !"smtp".equals(server.getScheme())) {
            throw new IllegalArgumentException("GAVEL_SMTP_URL must be smtp://host:port or smtps://host:port");
        }
        try {
            this.from = new InternetAddress(from, true);
        } catch (AddressException _) {
            throw new IllegalArgumentException("GAVEL_MAIL_FROM must be an address such as Gavel <no-reply@gavel.dev>");
        }
        String address = this.from.getAddress();
        this.domain = address.substring(address.indexOf('@') + 1);
        this.clock = clock;
        Properties properties = new Properties();
        String millis = Long.toString(timeout.toMillis());
        properties.put("mail.transport.protocol", "smtp");
        properties.put("mail.smtp.host", server.getHost());
        properties.put("mail.smtp.port", Integer.toString(server.getPort() < 0 ? tls ? 465 : 587 : server.getPort()));
        properties.put("mail.smtp.ssl.enable", Boolean.toString(tls));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.starttls.enable", Boolean.toString(!tls));
        properties.put("mail.smtp.starttls.required", Boolean.toString(!tls && username != null));
        properties.put("mail.smtp.auth", Boolean.toString(username != null));
        properties.put("mail.smtp.connectiontimeout", millis);
        properties.put("mail.smtp.timeout", millis);
        properties.put("mail.smtp.writetimeout", millis);
        properties.put("mail.smtp.localhost", domain);
        properties.put("mail.mime.allowutf8", "false");
        this.session = Session.getInstance(
                properties,
                username == null
                        ? null
                        : new Authenticator() {
                            @Override
                            protected PasswordAuthentication getPasswordAuthentication() {
                                return new PasswordAuthentication(username, password);
                            }
                        });
    }

    @Override
    public Sending send(Letter letter) {
        InternetAddress to;
        try {
            to = new InternetAddress(letter.to(), true);
        } catch (AddressException _) {
            return new Sending.Refused("NO_ADDRESS");
        }
        if (!room.tryAcquire()) {
            return new Sending.Unclear("TOO_BUSY");
        }
        try {
            Transport.send(message(letter, to));
            return new Sending.Sent();
        } catch (SMTPSendFailedException failed) {
            return result(failed.getReturnCode(), failed);
        } catch (MessagingException failed) {
            return result(0, failed);
        } finally {
            room.release();
        }
    }

    /// A refusal of the recipient lies within the chain of what went wrong.
    private static Sending result(int code, MessagingException failed) {
        int found = code;
        for (Exception one = failed; one instanceof MessagingException next; one = next.getNextException()) {
            if (one instanceof SMTPAddressFailedException address) {
                found = address.getReturnCode();
            }
        }
        boolean refused = found >= 500 && found < 600 && failed instanceof SendFailedException;
        return refused ? new Sending.Refused("SMTP_" + found) : new Sending.Unclear("SMTP_" + found);
    }

    private MimeMessage message(Letter letter, InternetAddress to) throws MessagingException {
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", "<" + letter.id() + "@" + domain + ">");
            }
        };
        message.setFrom(from);
        message.setRecipient(RecipientType.TO, to);
        message.setSubject(letter.subject(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(clock.instant()));
        message.setHeader("Content-Language", letter.language().tag());
        message.setHeader("Auto-Submitted", "auto-generated");
        MimeBodyPart text = new MimeBodyPart();
        text.setText(letter.text(), StandardCharsets.UTF_8.name(), "plain");
        MimeBodyPart html = new MimeBodyPart();
        html.setText(letter.html(), StandardCharsets.UTF_8.name(), "html");
        message.setContent(new MimeMultipart("alternative", text, html));
        return message;
    }
}
