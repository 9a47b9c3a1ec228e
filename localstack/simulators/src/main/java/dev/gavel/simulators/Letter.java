package dev.gavel.simulators;

import java.time.Instant;
import java.util.List;

/// A mail in the mailbox.
///
/// @param number counts from 1 and names it in the mailbox
/// @param from the sender of the envelope, as the recipients are those of the envelope
/// @param text what it says without markup, empty when it has no such part
/// @param html what it says with markup, empty when it has no such part
/// @param times how often it came; mailboxes show a repeated Message-ID once
public record Letter(
        int number,
        String messageId,
        String from,
        List<String> to,
        String subject,
        String text,
        String html,
        Instant at,
        int times) {

    Letter again() {
        return new Letter(number, messageId, from, to, subject, text, html, at, times + 1);
    }

    String json() {
        return """
                {"number":%d,"messageId":%s,"from":%s,"to":[%s],"subject":%s,"text":%s,"html":%s,"at":"%s","times":%d}\
                """.formatted(
                        number,
                        JsonText.quoted(messageId),
                        JsonText.quoted(from),
                        String.join(",", to.stream().map(JsonText::quoted).toList()),
                        JsonText.quoted(subject),
                        JsonText.quoted(text),
                        JsonText.quoted(html),
                        at,
                        times);
    }
}
