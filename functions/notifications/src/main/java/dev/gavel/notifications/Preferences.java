package dev.gavel.notifications;

import dev.gavel.events.NoticeEvent.Channel;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How somebody wants to be told.
///
/// @param choices what was chosen; the kind decides the rest
/// @param zone in which dates are written and quiet hours counted
record Preferences(
        Language language, ZoneId zone, @Nullable QuietHours quietHours, Map<Kind, Map<Channel, Boolean>> choices) {

    static final Preferences DEFAULT = new Preferences(Language.KO, ZoneId.of("Asia/Seoul"), null, Map.of());

    boolean wants(Kind kind, Channel channel) {
        return choices.getOrDefault(kind, Map.of()).getOrDefault(channel, kind.sentBy(channel));
    }

    /// When a channel that disturbs may be used again; empty when it may now. E-mail disturbs nobody.
    Optional<Instant> quietUntil(Channel channel, Instant now) {
        return channel == Channel.EMAIL || quietHours == null ? Optional.empty() : quietHours.end(now, zone);
    }

    Preferences in(Language other) {
        return new Preferences(other, zone, quietHours, choices);
    }

    /// Every kind by every channel.
    Map<Kind, Map<Channel, Boolean>> all() {
        Map<Kind, Map<Channel, Boolean>> all = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            Map<Channel, Boolean> channels = new EnumMap<>(Channel.class);
            for (Channel channel : Channel.values()) {
                channels.put(channel, wants(kind, channel));
            }
            all.put(kind, channels);
        }
        return all;
    }
}
