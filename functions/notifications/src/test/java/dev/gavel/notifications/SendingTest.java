package dev.gavel.notifications;

import static dev.gavel.notifications.Post.BUYER;
import static dev.gavel.notifications.Post.NOON;
import static dev.gavel.notifications.Post.RIVAL;
import static dev.gavel.notifications.Post.SELLER;
import static dev.gavel.notifications.Post.THIRD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.gavel.events.Fact;
import dev.gavel.events.MarketEvent;
import dev.gavel.events.NoticeEvent.Channel;
import dev.gavel.events.NoticeEvent.NoticeQueued;
import dev.gavel.events.OrderEvent.OrderDisputed;
import dev.gavel.events.UserEvent.UserContactChanged;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.Unavailable;
import dev.gavel.notifications.Delivery.Status;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// From facts to providers.
class SendingTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Office office = new Office();

    private void prefer(Preferences preferences) {
        Reader _ = office.store.readers.change(BUYER, reader -> reader.prefers(preferences));
    }

    private static Preferences quiet(int from, int to) {
        return new Preferences(
                Language.KO,
                ZoneId.of("Asia/Seoul"),
                new QuietHours(LocalTime.of(from, 0), LocalTime.of(to, 0)),
                Map.of());
    }

    @Test
    void twoHundredDeliveriesOfEachFactMakeOneNoticeEach() {
        List<Fact<? extends MarketEvent>> facts = new ArrayList<>();
        long sequence = 0;
        for (MarketEvent event : Post.everything()) {
            Fact<MarketEvent> fact = Post.fact(++sequence, NOON, event);
            facts.addAll(Collections.nCopies(200, fact));
        }
        Collections.shuffle(facts, new Random(1));
        facts.forEach(office::tell);
        office.relay();
        // 11 facts, three of which concern two people.
        assertThat(office.store.notices.all()).hasSize(14);
        assertThat(office.store.notices.stored()).hasSize(14);
        assertThat(office.sent).doesNotHaveDuplicates().hasSameSizeAs(office.store.deliveries.all());
        assertThat(office.messages).isEmpty();
    }

    @Test
    void theSameCauseInAnotherFactIsTheSameNotice() {
        office.tell(7, Post.sold());
        office.later(MINUTE);
        office.tell(8, Post.sold());
        office.relay();
        assertThat(office.store.notices.all()).hasSize(2);
        assertThat(office.sent).hasSize(5);
    }

    @Test
    void whoIsOutbidAgainAndAgainIsToldEveryFiveMinutes() {
        for (int i = 0; i < 60; i++) {
            office.tell(i + 1, Post.bids(RIVAL, BUYER));
            office.relay();
            office.later(Duration.ofSeconds(10));
        }
        // Ten minutes: at the start and after five.
        assertThat(office.sent).extracting(Office.Sent::channel).containsExactly(Channel.PUSH, Channel.PUSH);
        assertThat(office.only(Kind.OUTBID).round()).isEqualTo(2);
        assertThat(office.store.notices.unread(RIVAL)).isOne();
        assertThat(office.store.notices.stored()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void anOlderFactThatComesLateReplacesNothing() {
        office.later(Duration.ofMinutes(30));
        office.tell(9, Post.bids(RIVAL, BUYER));
        office.tell(Post.fact(3, NOON, Post.bids(RIVAL, THIRD)));
        assertThat(office.only(Kind.OUTBID).at()).isEqualTo(NOON.plus(Duration.ofMinutes(30)));
    }

    @Test
    void aNoticeNamesTheAuctionOnceItsTitleIsKnown() {
        office.tell(1, Post.paid());
        assertThat(office.only(Kind.PAID).title()).isNull();
        office.tell(1, Post.opened());
        office.tell(1, Post.placed());
        office.tell(7, Post.sold());
        assertThat(office.only(Kind.WON).title()).isEqualTo(Post.TITLE);
    }

    @Test
    void aNoticeWaitsForTheAddressOfItsReader() {
        office.tell(Post.fact(7, NOON, Post.bids(THIRD, BUYER)));
        office.tell(1, new OrderDisputed(Post.ORDER, THIRD, BUYER, "broken", NOON));
        office.relay();
        // Neither a phone nor a browser is known, so only the e-mail is on its way.
        assertThat(office.messages).hasSize(1);
        assertThat(office.sent).isEmpty();
        assertThatThrownBy(() -> office.deliver(office.messages.getFirst())).isInstanceOf(Unavailable.class);
        UserContactChanged contact = new UserContactChanged(THIRD, "third@example.com", "en", NOON);
        Post.accepted(new TrackContact(office.store.readers)
                .apply(new Call<>(Post.fact(2, NOON, contact), new Caller.Platform("/x"), NOON, "k")));
        office.relay();
        assertThat(office.messages).isEmpty();
        assertThat(office.sent).extracting(Office.Sent::channel).containsExactly(Channel.EMAIL);
        assertThat(office.sent.getFirst().text()).contains("your item");
    }

    @Test
    void anOlderAddressThatComesLateChangesNothing() {
        Reader reader = office.store.readers.find(BUYER);
        assertThat(reader.contact("old@example.com", null, NOON.minusSeconds(1)))
                .isEqualTo(reader);
        assertThat(reader.contact("new@example.com", null, NOON.plusSeconds(1)).email())
                .isEqualTo("new@example.com");
    }

    @Test
    void quietHoursHoldSmsAndPushBackAndNothingElse() {
        prefer(quiet(20, 8));
        office.tell(7, Post.sold());
        office.relay();
        assertThat(office.sent)
                .filteredOn(one ->
                        one.identity().equals(office.only(Kind.WON).noticeId().value()))
                .extracting(Office.Sent::channel)
                .containsExactly(Channel.EMAIL);
        assertThat(office.tick()).isZero();
        // 21:00 to 08:00.
        office.later(Duration.ofHours(11));
        assertThat(office.tick()).isZero();
        office.later(Duration.ofSeconds(5));
        assertThat(office.tick()).isEqualTo(2);
        office.relay();
        assertThat(office.ways(office.only(Kind.WON))).allMatch(way -> way.status() == Status.SENT);
    }

    @Test
    void whatComesOutOfTheQueueInQuietHoursWaitsToo() {
        office.tell(7, Post.sold());
        List<String> first = office.messages.stream().map(Fact::id).toList();
        prefer(quiet(20, 8));
        office.relay();
        assertThat(office.ways(office.only(Kind.WON)))
                .extracting(Delivery::status)
                .containsExactlyInAnyOrder(Status.SENT, Status.WAITING, Status.WAITING);
        office.later(Duration.ofHours(12));
        office.tick();
        // Or the inbox of the function would take them for the first ones.
        assertThat(office.messages).hasSize(2).extracting(Fact::id).doesNotContainAnyElementsOf(first);
        office.relay();
        assertThat(office.ways(office.only(Kind.WON))).allMatch(way -> way.status() == Status.SENT);
    }

    @Test
    void nobodyIsToldInTheMorningThatTheyWereOutbidInTheEvening() {
        prefer(quiet(20, 8));
        office.tell(1, Post.bids(BUYER, RIVAL));
        office.later(Duration.ofHours(12));
        office.tick();
        office.relay();
        assertThat(office.sent).isEmpty();
        assertThat(office.ways(office.only(Kind.OUTBID)))
                .extracting(Delivery::status, Delivery::reason)
                .containsExactly(tuple(Status.SKIPPED, "TOO_LATE"));
        assertThat(office.store.notices.unread(BUYER)).isOne();
    }

    @Test
    void whatWasSwitchedOffMeanwhileIsNotSent() {
        office.tell(7, Post.sold());
        prefer(new Preferences(
                Language.KO, ZoneId.of("Asia/Seoul"), null, Map.of(Kind.WON, Map.of(Channel.SMS, false))));
        office.relay();
        assertThat(office.ways(office.only(Kind.WON)))
                .extracting(Delivery::channel, Delivery::status)
                .contains(tuple(Channel.SMS, Status.SKIPPED));
    }

    @Test
    void aProviderInTroubleIsAskedAgain() {
        office.tell(1, Post.paid());
        office.mood = () -> new Sending.Unclear("HTTP_503");
        office.relay();
        assertThat(office.messages).hasSize(3);
        office.mood = Sending.Sent::new;
        office.relay();
        assertThat(office.messages).isEmpty();
        assertThat(office.sent).hasSize(3);
    }

    @Test
    void whatIsRefusedForGoodFailsWithTheReason() {
        office.tell(1, Post.paid());
        office.mood = () -> new Sending.Refused("SMTP_550");
        office.relay();
        assertThat(office.messages).isEmpty();
        assertThat(office.ways(office.only(Kind.PAID)))
                .extracting(Delivery::status, Delivery::reason)
                .containsOnly(tuple(Status.FAILED, "SMTP_550"));
    }

    @Test
    void aBrowserThatIsGoneIsForgotten() {
        office.tell(Post.fact(1, NOON, Post.bids(BUYER, RIVAL)));
        office.mood = Sending.Gone::new;
        office.relay();
        assertThat(office.store.readers.find(BUYER).subscriptions()).isEmpty();
        assertThat(office.ways(office.only(Kind.OUTBID)))
                .extracting(Delivery::status)
                .containsExactly(Status.FAILED);
    }

    @Test
    void aQueueThatIsDownHoldsNobodyUp() {
        office.queueIsDown = true;
        office.tell(7, Post.sold());
        assertThat(office.store.notices.all()).hasSize(2);
        office.queueIsDown = false;
        office.later(Duration.ofSeconds(5));
        assertThat(office.tick()).isEqualTo(5);
        office.relay();
        assertThat(new HashSet<>(office.sent)).hasSize(5);
    }

    @Test
    void aSecondMessageOfTheSameDeliverySendsNothing() {
        office.tell(7, Post.sold());
        List<Fact<NoticeQueued>> all = List.copyOf(office.messages);
        office.relay();
        all.forEach(office::deliver);
        assertThat(office.sent).hasSize(5);
        assertThat(all).extracting(Fact::id).doesNotHaveDuplicates();
        assertThat(office.store.notices.find(SELLER, office.only(Kind.SOLD).noticeId()))
                .isPresent();
    }
}
