package dev.gavel.notifications;

import static dev.gavel.notifications.Post.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.events.NoticeEvent.Channel;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.NoticeId;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.UserId;
import dev.gavel.notifications.Delivery.Status;
import dev.gavel.notifications.Notices.Entry;
import dev.gavel.notifications.Notices.Slice;
import dev.gavel.testkit.Race;
import java.net.URI;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every store of this context promises.
interface StoreContract {

    Notices notices();

    Deliveries deliveries();

    Readers readers();

    Titles titles();

    /// A notice nobody was told before.
    static Notice fresh(UserId user, Instant at) {
        NoticeId id = NoticeId.of(user, Post.somebody().value());
        return new Notice(id, user, 1, new Content.Won(Post.AUCTION, Post.PRICE), Post.TITLE, at);
    }

    private Notice added(UserId user, Instant at, Delivery... ways) {
        Notice notice = fresh(user, at);
        notices().add(notice, List.of(ways), Post.created(notice));
        return notice;
    }

    @Test
    default void everyContentIsReadBackAsItWasWritten() {
        UserId user = Post.somebody();
        for (var event : Post.everything()) {
            for (Occasion occasion : Occasion.of(Post.fact(1, NOON, event))) {
                Notice notice = new Notice(
                        NoticeId.of(user, occasion.cause()), user, 1, occasion.content(), null, NOON.plusNanos(1));
                if (notices().find(user, notice.noticeId()).isEmpty()) {
                    notices().add(notice, List.of(), Post.created(notice));
                    assertThat(notices().find(user, notice.noticeId())).contains(notice);
                }
            }
        }
        assertThat(notices().unread(user)).isGreaterThan(8);
    }

    @Test
    default void aNoticeIsStoredOnceWithItsDeliveries() {
        Notice notice = fresh(Post.somebody(), NOON);
        Delivery way = Delivery.first(notice, Channel.PUSH, NOON);
        notices().add(notice, List.of(way), Post.created(notice));
        assertThatThrownBy(() -> notices().add(notice, List.of(), List.of())).isInstanceOf(StaleWrite.class);
        assertThat(deliveries().find(notice.noticeId(), Channel.PUSH)).contains(way);
        assertThat(deliveries().find(notice.noticeId(), Channel.EMAIL)).isEmpty();
    }

    @Test
    default void ofManyWritersOneWins() {
        Notice notice = fresh(Post.somebody(), NOON);
        List<Boolean> won = Race.of(8, _ -> {
            try {
                notices().add(notice, List.of(Delivery.first(notice, Channel.SMS, NOON)), Post.created(notice));
                return true;
            } catch (StaleWrite _) {
                return false;
            }
        });
        assertThat(won).filteredOn(one -> one).hasSize(1);
    }

    @Test
    default void theNextRoundTakesThePlaceOfTheOneBeforeAndIsUnread() {
        UserId user = Post.somebody();
        Notice first = added(user, NOON);
        notices().read(user, List.of(first.noticeId()));
        assertThat(notices().unread(user)).isZero();
        Notice second = new Notice(first.noticeId(), user, 2, first.content(), first.title(), NOON.plusSeconds(1));
        notices().add(second, List.of(), Post.created(second));
        assertThat(notices().of(user, 10, null).entries()).containsExactly(new Entry(second, false));
        assertThatThrownBy(() -> notices().add(second, List.of(), List.of())).isInstanceOf(StaleWrite.class);
    }

    @Test
    default void anInboxIsListedTheNewestFirstPageByPage() {
        UserId user = Post.somebody();
        List<Notice> added = IntStream.range(0, 7)
                .mapToObj(i -> added(user, NOON.plusSeconds(i)))
                .toList();
        added(Post.somebody(), NOON.plusSeconds(3));
        List<Notice> found = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Slice slice = notices().of(user, 3, cursor);
            assertThat(slice.entries()).hasSizeLessThanOrEqualTo(3);
            slice.entries().forEach(entry -> found.add(entry.notice()));
            cursor = slice.cursor();
        } while (cursor != null);
        assertThat(found).containsExactlyElementsOf(added.reversed());
        assertThatIllegalArgumentException().isThrownBy(() -> notices().of(user, 3, "nonsense"));
    }

    @Test
    default void onlyOnesOwnNoticesAreRead() {
        UserId user = Post.somebody();
        Notice first = added(user, NOON);
        Notice second = added(user, NOON.plusSeconds(1));
        Notice third = added(user, NOON.plusSeconds(2));
        notices().read(Post.somebody(), List.of(first.noticeId()));
        assertThat(notices().unread(user)).isEqualTo(3);
        assertThat(notices().unread(user, NOON.plusSeconds(1))).containsExactly(first.noticeId(), second.noticeId());
        notices().read(user, List.of(first.noticeId(), NoticeId.of(user, "none"), first.noticeId()));
        assertThat(notices().unread(user, NOON.plusSeconds(9))).containsExactly(second.noticeId(), third.noticeId());
        assertThat(notices().of(user, 10, null).entries())
                .containsExactly(new Entry(third, false), new Entry(second, false), new Entry(first, true));
    }

    @Test
    default void unreadOnesAreCountedUpToAHundred() {
        UserId user = Post.somebody();
        IntStream.range(0, 103).forEach(i -> added(user, NOON.plusSeconds(i)));
        assertThat(notices().unread(user)).isEqualTo(100);
    }

    @Test
    default void aDeliveryDecidedOnAnOldStateIsNotWritten() {
        Notice notice = fresh(Post.somebody(), NOON);
        Delivery waiting = Delivery.first(notice, Channel.EMAIL, NOON);
        notices().add(notice, List.of(waiting), List.of());
        deliveries().save(waiting.queued());
        assertThatThrownBy(() -> deliveries().save(waiting.ended(Status.SENT, null)))
                .isInstanceOf(StaleWrite.class);
        Delivery sent = waiting.queued().ended(Status.FAILED, "WHY");
        deliveries().save(sent);
        assertThat(deliveries().find(notice.noticeId(), Channel.EMAIL)).contains(sent);
    }

    @Test
    default void whatWaitsIsDueTheOldestFirst() {
        Instant old = NOON.minusSeconds(900_000);
        List<Delivery> ways = IntStream.range(0, 20)
                .mapToObj(i -> {
                    Notice notice = fresh(Post.somebody(), NOON);
                    Delivery way = Delivery.first(notice, Channel.PUSH, old.plusSeconds(i));
                    notices().add(notice, List.of(way), List.of());
                    return way;
                })
                .toList();
        assertThat(deliveries().due(old.plusSeconds(9), 100)).containsExactlyElementsOf(ways.subList(0, 10));
        assertThat(deliveries().due(old.plusSeconds(9), 3)).containsExactlyElementsOf(ways.subList(0, 3));
        ways.forEach(way -> deliveries().save(way.queued()));
        assertThat(deliveries().due(old.plusSeconds(99), 100)).isEmpty();
    }

    @Test
    default void aReaderIsReadBackAsWritten() {
        UserId user = Post.somebody();
        assertThat(readers().find(user)).isEqualTo(Reader.unknown(user));
        Reader reader = Post.reachable(user, URI.create("https://fcm.googleapis.com/x"));
        Preferences preferences = new Preferences(
                Language.EN,
                ZoneId.of("Europe/Berlin"),
                new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 30)),
                Map.of(Kind.SECOND_CHANCE, Map.of(Channel.SMS, false)));
        readers().save(reader);
        Reader next = reader.prefers(preferences).checking(PhoneCheck.of(Post.PHONE, "012345", NOON, "asked"), NOON);
        readers().save(Post.at(next, 2));
        assertThat(readers().find(user)).isEqualTo(Post.at(next, 2));
        assertThatThrownBy(() -> readers().save(reader)).isInstanceOf(StaleWrite.class);
        assertThatThrownBy(() -> readers().save(Post.at(next, 2))).isInstanceOf(StaleWrite.class);
    }

    @Test
    default void aTitleIsFoundByTheAuctionAndByItsOrders() {
        AuctionId auction = new AuctionId("auc_" + Post.somebody().value().substring(4));
        OrderId order = OrderId.of(auction, 2);
        assertThat(titles().of(order.value())).isEmpty();
        titles().remember(order, auction);
        assertThat(titles().of(order.value())).isEmpty();
        titles().remember(auction, Post.TITLE);
        titles().remember(auction, Post.TITLE);
        assertThat(titles().of(order.value())).contains(Post.TITLE);
        assertThat(titles().of(auction.value())).contains(Post.TITLE);
    }
}
