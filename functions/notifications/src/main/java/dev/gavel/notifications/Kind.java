package dev.gavel.notifications;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gavel.events.NoticeEvent.Channel;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What notices are about, and by which channels somebody hears of it who never chose. SMS is only for what
/// costs money when it is missed.
enum Kind {
    @JsonProperty("outbid")
    OUTBID("outbid", Channel.PUSH),
    @JsonProperty("won")
    WON("won", Channel.EMAIL, Channel.SMS, Channel.PUSH),
    @JsonProperty("sold")
    SOLD("sold", Channel.EMAIL, Channel.PUSH),
    @JsonProperty("unsold")
    UNSOLD("unsold", Channel.EMAIL, Channel.PUSH),
    @JsonProperty("second-chance")
    SECOND_CHANCE("second-chance", Channel.EMAIL, Channel.SMS, Channel.PUSH),
    @JsonProperty("paid")
    PAID("paid", Channel.EMAIL, Channel.SMS, Channel.PUSH),
    @JsonProperty("shipped")
    SHIPPED("shipped", Channel.EMAIL, Channel.PUSH),
    @JsonProperty("delivered")
    DELIVERED("delivered", Channel.EMAIL, Channel.PUSH),
    @JsonProperty("disputed")
    DISPUTED("disputed", Channel.EMAIL, Channel.SMS, Channel.PUSH),
    @JsonProperty("cancelled")
    CANCELLED("cancelled", Channel.EMAIL, Channel.PUSH),
    @JsonProperty("completed")
    COMPLETED("completed", Channel.EMAIL, Channel.PUSH),
    @JsonProperty("declined")
    DECLINED("declined", Channel.EMAIL, Channel.PUSH),
    @JsonProperty("paid-out")
    PAID_OUT("paid-out", Channel.EMAIL, Channel.PUSH);

    private final String label;
    private final Set<Channel> channels;

    Kind(String label, Channel... channels) {
        this.label = label;
        this.channels = EnumSet.copyOf(List.of(channels));
    }

    String label() {
        return label;
    }

    /// Whether it is sent by a channel to somebody who did not choose.
    boolean sentBy(Channel channel) {
        return channels.contains(channel);
    }

    /// After how long it may be told again with the same cause, in place of the notice before; null is never.
    @Nullable
    Duration repeatedAfter() {
        return this == OUTBID ? Duration.ofMinutes(5) : null;
    }

    /// How long after it happened it is still worth sending; null is for ever.
    @Nullable
    Duration usefulFor() {
        return this == OUTBID ? Duration.ofMinutes(10) : null;
    }
}
