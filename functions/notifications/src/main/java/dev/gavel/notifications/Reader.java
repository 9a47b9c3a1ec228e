package dev.gavel.notifications;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gavel.events.NoticeEvent.Channel;
import dev.gavel.kernel.UserId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Somebody who is told things: how to reach them and how they want it.
///
/// @param writes counts the states, from 1; 0 was never stored
/// @param contactAt how old the e-mail address is
/// @param phone the number that was confirmed
/// @param check the number that is or was last being confirmed
/// @param codes when codes were sent in the last day
/// @param subscriptions at most 10, the newest last
@JsonInclude(JsonInclude.Include.NON_NULL)
record Reader(
        UserId userId,
        long writes,
        @Nullable String email,
        @Nullable Instant contactAt,
        Preferences preferences,
        @Nullable PhoneNumber phone,
        @Nullable PhoneCheck check,
        List<Instant> codes,
        List<PushSubscription> subscriptions) {

    private static final int MOST_SUBSCRIPTIONS = 10;
    private static final int CODES_AN_HOUR = 3;
    private static final int CODES_A_DAY = 5;

    static Reader unknown(UserId userId) {
        return new Reader(userId, 0, null, null, Preferences.DEFAULT, null, null, List.of(), List.of());
    }

    /// Whether there is any use in sending a kind by a channel. An e-mail address is on its way when it is not
    /// there yet.
    boolean reachedBy(Channel channel, Kind kind) {
        return preferences.wants(kind, channel)
                && switch (channel) {
                    case EMAIL -> true;
                    case SMS -> phone != null;
                    case PUSH -> !subscriptions.isEmpty();
                };
    }

    Reader contact(String address, @Nullable String language, Instant at) {
        if (contactAt != null && !at.isAfter(contactAt)) {
            return this;
        }
        Preferences spoken = language == null ? preferences : preferences.in(Language.ofTag(language));
        return new Reader(userId, writes + 1, address, at, spoken, phone, check, codes, subscriptions);
    }

    Reader prefers(Preferences next) {
        return new Reader(userId, writes + 1, email, contactAt, next, phone, check, codes, subscriptions);
    }

    boolean mayGetCode(Instant now) {
        return after(now.minus(Duration.ofHours(1))).size() < CODES_AN_HOUR
                && after(now.minus(Duration.ofDays(1))).size() < CODES_A_DAY;
    }

    private List<Instant> after(Instant time) {
        return codes.stream().filter(sent -> sent.isAfter(time)).toList();
    }

    Reader checking(PhoneCheck next, Instant now) {
        List<Instant> sent = Stream.concat(after(now.minus(Duration.ofDays(1))).stream(), Stream.of(now))
                .toList();
        return new Reader(userId, writes + 1, email, contactAt, preferences, phone, next, sent, subscriptions);
    }

    Reader tried(PhoneCheck next) {
        return new Reader(userId, writes + 1, email, contactAt, preferences, phone, next, codes, subscriptions);
    }

    Reader confirmed(PhoneCheck next) {
        return new Reader(userId, writes + 1, email, contactAt, preferences, next.number(), next, codes, subscriptions);
    }

    /// The oldest gives way to one too many; the same endpoint is there once.
    Reader subscribed(PushSubscription subscription) {
        List<PushSubscription> all = Stream.concat(
                        others(Set.of(subscription.endpoint())).stream(), Stream.of(subscription))
                .toList();
        return with(all.subList(Math.max(0, all.size() - MOST_SUBSCRIPTIONS), all.size()));
    }

    Reader unsubscribed(Set<URI> endpoints) {
        List<PushSubscription> left = others(endpoints);
        return left.size() == subscriptions.size() ? this : with(left);
    }

    private List<PushSubscription> others(Set<URI> endpoints) {
        return subscriptions.stream()
                .filter(one -> !endpoints.contains(one.endpoint()))
                .toList();
    }

    private Reader with(List<PushSubscription> next) {
        return new Reader(userId, writes + 1, email, contactAt, preferences, phone, check, codes, List.copyOf(next));
    }

    /// Contact details are not written to logs.
    @Override
    public String toString() {
        return "Reader[" + userId + ", writes=" + writes + "]";
    }
}
