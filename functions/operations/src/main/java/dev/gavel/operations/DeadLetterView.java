package dev.gavel.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gavel.events.AnyEvent;
import dev.gavel.kernel.UserId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// A dead letter as operators see it.
///
/// @param data the beginning of the event's data, at most 8192 characters
/// @param dataEncoding how `data` is to be read
/// @param dataCut whether there is more data than shown
/// @param redeliveries the number of the last redelivery of the event, 0 when it never was
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeadLetterView(
        DeadLetterId id,
        String eventId,
        String source,
        String type,
        @Nullable String subject,
        @Nullable OffsetDateTime time,
        String destination,
        @Nullable String code,
        @Nullable String reason,
        String data,
        Encoding dataEncoding,
        boolean dataCut,
        Instant keptAt,
        DeadLetter.State state,
        long redeliveries,
        @Nullable UserId redeliveredBy,
        @Nullable Instant redeliveredAt) {

    private static final int SHOWN = 8192;

    /// Data that is no text is shown in base64.
    enum Encoding {
        @JsonProperty("text")
        TEXT,
        @JsonProperty("base64")
        BASE64
    }

    private record Shown(String text, Encoding encoding) {}

    static DeadLetterView of(DeadLetter letter) {
        AnyEvent event = letter.event();
        Shown data = shown(event.data());
        DeadLetter.Redelivery last = letter.last();
        return new DeadLetterView(
                letter.id(),
                event.id(),
                event.source(),
                event.type(),
                event.subject(),
                event.time(),
                letter.failure().destination(),
                letter.failure().code(),
                letter.failure().reason(),
                data.text().substring(0, Math.min(data.text().length(), SHOWN)),
                data.encoding(),
                letter.cut() || data.text().length() > SHOWN,
                letter.keptAt(),
                letter.state(),
                letter.redeliveries(),
                last == null ? null : last.by(),
                last == null ? null : last.at());
    }

    private static Shown shown(byte[] data) {
        try {
            return new Shown(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(data))
                            .toString(),
                    Encoding.TEXT);
        } catch (CharacterCodingException _) {
            return new Shown(Base64.getEncoder().encodeToString(data), Encoding.BASE64);
        }
    }
}
