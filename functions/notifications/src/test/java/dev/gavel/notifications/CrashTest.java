package dev.gavel.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.events.NoticeEvent.NoticeCreated;
import dev.gavel.notifications.Delivery.Status;
import dev.gavel.notifications.Office.Crash;
import java.time.Duration;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

/// One way from the fact to the providers, with a crash before and after every call of a port.
class CrashTest {

    private static void again(Runnable trigger) {
        try {
            trigger.run();
        } catch (Crash _) {
            trigger.run();
        }
    }

    private static Office run(int crashAt) {
        Office office = new Office(crashAt);
        again(() -> office.tell(1, Post.opened()));
        again(() -> office.tell(7, Post.sold()));
        for (int i = 0; i < 3; i++) {
            office.later(Duration.ofSeconds(10));
            again(office::tick);
            office.relay();
        }
        return office;
    }

    @Test
    void aCrashAnywhereLosesNoNoticeAndMakesNoneTwice() {
        int places = 0;
        Office office;
        do {
            office = run(++places);
            String where = "crash at " + places;
            assertThat(office.store.notices.all()).as(where).hasSize(2);
            assertThat(office.store.notices.stored())
                    .as(where)
                    .hasSize(2)
                    .allMatch(fact -> fact.data() instanceof NoticeCreated);
            // The buyer by three channels, the seller by two; a provider asked twice is asked for the same thing.
            assertThat(new HashSet<>(office.sent)).as(where).hasSize(5);
            assertThat(office.sent).as(where).hasSizeLessThanOrEqualTo(6);
            assertThat(office.store.deliveries.all()).as(where).hasSize(5).allMatch(way -> way.status() == Status.SENT);
            assertThat(office.messages).as(where).isEmpty();
        } while (office.crashed() && places < 500);
        assertThat(places).isBetween(60, 499);
    }

    /// The control: without the tick, a crash between the commit and the queue must lose something.
    @Test
    void withoutTheTickSomethingIsLost() {
        int lost = 0;
        for (int place = 1; place < 60; place++) {
            Office office = new Office(place);
            again(() -> office.tell(7, Post.sold()));
            office.relay();
            office.relay();
            lost += new HashSet<>(office.sent).size() < 5 ? 1 : 0;
        }
        assertThat(lost).isPositive();
    }
}
