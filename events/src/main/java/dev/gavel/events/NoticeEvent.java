package dev.gavel.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gavel.kernel.NoticeId;
import dev.gavel.kernel.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Facts about notices: what people are told. No contact details are in them.
public sealed interface NoticeEvent extends MarketEvent {

    NoticeId noticeId();

    UserId userId();

    /// Somebody has something new in the inbox. `kind` is its sort, such as `won`; `about` the id of the auction
    /// or order; `link` a path of the web pages.
    @CloudEventType(value = "dev.gavel.notice.created.v1", schema = "1.0")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record NoticeCreated(
            NoticeId noticeId,
            UserId userId,
            String kind,
            @Nullable String about,
            String link,
            Instant createdAt) implements NoticeEvent {

        @Override
        public String subject() {
            return noticeId.value();
        }
    }

    /// The ways to somebody who is not looking.
    enum Channel {
        @JsonProperty("email")
        EMAIL("email"),
        @JsonProperty("sms")
        SMS("sms"),
        @JsonProperty("push")
        PUSH("push");

        private final String label;

        Channel(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /// A notice is to be sent by a channel. It travels by the queue `notifications`, not by a Broker; its subject
    /// is the notice by this channel.
    @CloudEventType(value = "dev.gavel.notice.queued.v1", schema = "1.0")
    record NoticeQueued(NoticeId noticeId, UserId userId, Channel channel, Instant queuedAt) implements NoticeEvent {

        @Override
        public String subject() {
            return noticeId + "/" + channel.label();
        }
    }
}
