package dev.gavel.notifications;

import dev.gavel.events.Json;
import dev.gavel.events.NoticeEvent.Channel;
import dev.gavel.kernel.Each;
import dev.gavel.notifications.Mail.Letter;
import dev.gavel.notifications.WebPush.Push;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Hands a notice to the provider of a channel, in the reader's words.
final class Carriers {

    private static final Duration DAY = Duration.ofDays(1);
    private static final int AT_ONCE = 10;

    private final Mail mail;
    private final TextMessages texts;
    private final WebPush pushes;
    private final Readers readers;
    private final URI web;

    /// @param web where the pages are that links lead to
    Carriers(Mail mail, TextMessages texts, WebPush pushes, Readers readers, URI web) {
        this.mail = mail;
        this.texts = texts;
        this.pushes = pushes;
        this.readers = readers;
        this.web = web;
    }

    Sending send(Notice notice, Channel channel, Reader reader) {
        return switch (channel) {
            case EMAIL -> letter(notice, reader);
            case SMS ->
                texts.send(
                        Objects.requireNonNull(reader.phone()),
                        words(reader).shortText(notice, reader.preferences().zone()),
                        notice.identity());
            case PUSH -> push(notice, reader);
        };
    }

    private Sending letter(Notice notice, Reader reader) {
        if (reader.email() == null) {
            return new Sending.Unclear("ADDRESS_NOT_KNOWN_YET");
        }
        Wording words = words(reader);
        ZoneId zone = reader.preferences().zone();
        String link = web.resolve(notice.content().link()).toString();
        return mail.send(new Letter(
                notice.identity(),
                reader.email(),
                reader.preferences().language(),
                words.title(notice),
                words.plain(notice, zone, link),
                words.html(notice, zone, link)));
    }

    /// To every browser. Those that are gone are forgotten; one in trouble is reason to try all again, which shows
    /// nobody anything twice because the tag is the same.
    private Sending push(Notice notice, Reader reader) {
        Wording words = words(reader);
        Map<String, String> shown = Map.of(
                "title", words.title(notice),
                "body", words.text(notice, reader.preferences().zone()),
                "link", notice.content().link(),
                "tag", notice.noticeId().value());
        Duration lifetime = Objects.requireNonNullElse(notice.kind().usefulFor(), DAY);
        Push push = new Push(notice.noticeId().value(), lifetime, Json.MAPPER.writeValueAsString(shown));
        Map<PushSubscription, Sending> results = new ConcurrentHashMap<>();
        int _ = Each.of(reader.subscriptions(), AT_ONCE, one -> {
            results.put(one, pushes.send(one, push));
            return true;
        });
        if (results.containsValue(new Sending.Gone())) {
            forgetGone(reader, results);
        }
        return results.values().stream()
                .reduce((one, other) -> rank(one) >= rank(other) ? one : other)
                .orElse(new Sending.Gone());
    }

    private void forgetGone(Reader reader, Map<PushSubscription, Sending> results) {
        Set<URI> gone = results.entrySet().stream()
                .filter(one -> one.getValue() instanceof Sending.Gone)
                .map(one -> one.getKey().endpoint())
                .collect(Collectors.toSet());
        Reader _ = readers.change(reader.userId(), now -> now.unsubscribed(gone));
    }

    /// Which result speaks for all browsers: trouble first, then success.
    private static int rank(Sending result) {
        return switch (result) {
            case Sending.Unclear _ -> 3;
            case Sending.Sent _ -> 2;
            case Sending.Refused _ -> 1;
            case Sending.Gone _ -> 0;
        };
    }

    private static Wording words(Reader reader) {
        return Wording.in(reader.preferences().language());
    }
}
