package dev.gavel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.runtime.Inbox;
import dev.gavel.runtime.Inbox.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What every inbox has to do: extend it and give it one.
public abstract class InboxContract {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final String SOURCE = "/functions/place-bid";

    // Real time, because a real store may remove by its own clock what has expired.
    private final Instant now = Instant.now();
    private final String id = UUID.randomUUID().toString();

    /// The inbox under test; it may be the same for all tests, which use events of their own.
    protected abstract Inbox inbox();

    @Test
    public void theFirstDeliveryIsClaimed() {
        assertThat(claim()).isEqualTo(Claim.CLAIMED);
    }

    @Test
    public void aDeliveryWhileTheFirstIsRunningIsToldSo() {
        claim();
        assertThat(claim()).isEqualTo(Claim.RUNNING);
    }

    @Test
    public void everyLaterDeliveryIsToldThatItIsHandled() {
        claim();
        inbox().handled("settle", SOURCE, id);
        for (int delivery = 2; delivery <= 25; delivery++) {
            assertThat(claim()).isEqualTo(Claim.HANDLED);
        }
    }

    @Test
    public void aReleasedEventIsClaimedAgain() {
        claim();
        inbox().release("settle", SOURCE, id);
        assertThat(claim()).isEqualTo(Claim.CLAIMED);
    }

    @Test
    public void aHandledEventStaysHandledWhenItIsReleased() {
        claim();
        inbox().handled("settle", SOURCE, id);
        inbox().release("settle", SOURCE, id);
        assertThat(claim()).isEqualTo(Claim.HANDLED);
    }

    @Test
    public void anotherDeliveryTakesOverWhenTheLeaseRanOut() {
        claim();
        Instant later = now.plus(LEASE);
        assertThat(inbox().claim("settle", SOURCE, id, later.minusMillis(1), LEASE))
                .isEqualTo(Claim.RUNNING);
        assertThat(inbox().claim("settle", SOURCE, id, later, LEASE)).isEqualTo(Claim.CLAIMED);
    }

    @Test
    public void aHandledEventIsRememberedForDays() {
        claim();
        inbox().handled("settle", SOURCE, id);
        assertThat(inbox().claim("settle", SOURCE, id, now.plus(Duration.ofDays(6)), LEASE))
                .isEqualTo(Claim.HANDLED);
    }

    @Test
    public void useCasesAndSourcesAndIdsAreKeptApart() {
        claim();
        assertThat(inbox().claim("notify", SOURCE, id, now, LEASE)).isEqualTo(Claim.CLAIMED);
        assertThat(inbox().claim("settle", "/functions/other", id, now, LEASE)).isEqualTo(Claim.CLAIMED);
        assertThat(inbox().claim("settle", SOURCE, id + "-2", now, LEASE)).isEqualTo(Claim.CLAIMED);
        assertThat(inbox().claim("a#b", "c", id, now, LEASE)).isEqualTo(Claim.CLAIMED);
        assertThat(inbox().claim("a", "b#c", id, now, LEASE)).isEqualTo(Claim.CLAIMED);
    }

    @Test
    public void ofManyDeliveriesAtOnceExactlyOneIsClaimed() {
        assertThat(Race.of(16, _ -> claim())).containsOnlyOnce(Claim.CLAIMED).hasSize(16);
    }

    @Test
    public void ofManyThatTakeOverAtOnceExactlyOneIsClaimed() {
        claim();
        assertThat(Race.of(16, _ -> inbox().claim("settle", SOURCE, id, now.plus(LEASE), LEASE)))
                .containsOnlyOnce(Claim.CLAIMED);
    }

    private Claim claim() {
        return inbox().claim("settle", SOURCE, id, now, LEASE);
    }
}
