package dev.gavel.simulators;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One SMTP connection (RFC 5321): no authentication, no encryption, 8-bit mails of up to 1 MiB.
final class SmtpSession {

    private static final int LARGEST = 1024 * 1024;
    private static final int LONGEST_LINE = 64 * 1024;
    private static final int MOST_RECIPIENTS = 100;
    private static final Pattern ADDRESS = Pattern.compile("(?i)(?:FROM|TO):\\s*<([^>]{0,320})>.*");

    /// What a mailbox has to say to a session.
    interface Mailbox {
        boolean down();

        boolean rejects(String recipient);

        /// @return whether the sender is to be told that it was taken
        boolean take(String from, List<String> to, String mail);
    }

    /// The connection is to be closed without another word.
    private static final class Over extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private final Mailbox mailbox;
    private final InputStream in;
    private final OutputStream out;
    private @Nullable String from;
    private final List<String> to = new ArrayList<>();

    SmtpSession(Socket socket, Mailbox mailbox) throws IOException {
        this.mailbox = mailbox;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /// Talks until the other side goes, says QUIT or is told to go.
    void talk() throws IOException {
        if (mailbox.down()) {
            say("421 mailbox.invalid is closed");
            return;
        }
        say("220 mailbox.invalid ESMTP");
        try {
            String line = line();
            while (answer(line)) {
                line = line();
            }
        } catch (Over _) {
            // As if the line had been cut.
        }
    }

    private boolean answer(String line) throws IOException {
        String verb = line.strip().split(" ", 2)[0].toUpperCase(Locale.ROOT);
        String rest = line.substring(Math.min(line.length(), verb.length() + 1));
        if (mailbox.down()) {
            say("421 mailbox.invalid is closed");
            return false;
        }
        switch (verb) {
            case "EHLO" -> say("250-mailbox.invalid\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE " + LARGEST);
            case "HELO", "NOOP" -> say("250 OK");
            case "RSET" -> {
                begin(null);
                say("250 OK");
            }
            case "MAIL" -> mail(rest);
            case "RCPT" -> recipient(rest);
            case "DATA" -> data();
            case "QUIT" -> {
                say("221 Bye");
                return false;
            }
            default -> say("502 Not here");
        }
        return true;
    }

    private void begin(@Nullable String sender) {
        from = sender;
        to.clear();
    }

    private void mail(String rest) throws IOException {
        Matcher address = ADDRESS.matcher(rest);
        if (address.matches()) {
            begin(address.group(1));
            say("250 OK");
        } else {
            say("501 MAIL FROM:<address>");
        }
    }

    private void recipient(String rest) throws IOException {
        Matcher address = ADDRESS.matcher(rest);
        if (from == null) {
            say("503 MAIL comes first");
        } else if (!address.matches() || address.group(1).isEmpty()) {
            say("501 RCPT TO:<address>");
        } else if (to.size() >= MOST_RECIPIENTS) {
            say("452 Too many recipients");
        } else if (mailbox.rejects(address.group(1))) {
            say("550 5.1.1 There is no such mailbox");
        } else {
            to.add(address.group(1));
            say("250 OK");
        }
    }

    private void data() throws IOException {
        String sender = from;
        if (sender == null || to.isEmpty()) {
            say("503 MAIL and RCPT come first");
            return;
        }
        say("354 End with a dot");
        StringBuilder mail = new StringBuilder();
        boolean fits = true;
        for (String line = line(); !line.equals("."); line = line()) {
            fits = fits && mail.length() + line.length() < LARGEST;
            if (fits) {
                mail.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
            }
        }
        if (!fits) {
            say("552 Larger than " + LARGEST + " bytes");
        } else if (mailbox.take(sender, List.copyOf(to), mail.toString())) {
            say("250 OK");
        } else {
            throw new Over();
        }
        begin(null);
    }

    /// A line as it came, every byte one character.
    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int read = in.read(); read != '\n'; read = in.read()) {
            if (read < 0 || line.size() >= LONGEST_LINE) {
                throw new Over();
            }
            if (read != '\r') {
                line.write(read);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    private void say(String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
