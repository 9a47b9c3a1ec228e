package dev.gavel.payments;

import static dev.gavel.payments.Till.KEY;
import static dev.gavel.payments.Till.NOON;
import static dev.gavel.payments.Till.PRICE;
import static dev.gavel.payments.Till.TERMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.kernel.PaymentId;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.payments.Payment.Status;
import dev.gavel.payments.Payments.Queue;
import dev.gavel.payments.Payments.Slice;
import dev.gavel.testkit.Race;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every store of payments promises.
interface PaymentsContract {

    /// An empty store.
    Payments payments();

    static Payment due() {
        return Payment.first(Till.nextOrder(), TERMS, Status.DUE, NOON);
    }

    @Test
    default void aPaymentIsReadBackAsItWasWritten() {
        Payments payments = payments();
        Payment due = due();
        payments.save(due, null, List.of());
        assertThat(payments.find(due.paymentId())).contains(due);
        Payment confirming = PaymentRules.asked(due, KEY, NOON.plusNanos(1));
        payments.save(confirming, null, List.of());
        assertThat(payments.find(due.paymentId())).contains(confirming);
        assertThat(payments.find(due().paymentId())).isEmpty();
    }

    @Test
    default void aVoidPaymentWithoutTermsIsReadBackToo() {
        Payments payments = payments();
        Payment none = PaymentRules.cancelled(null, Till.nextOrder(), NOON);
        payments.save(none, null, List.of());
        assertThat(payments.find(none.paymentId())).contains(none);
    }

    @Test
    default void aWriteDecidedOnAnOldStateWritesNothing() {
        Payments payments = payments();
        Payment due = due();
        payments.save(due, null, List.of());
        assertThatThrownBy(() -> payments.save(due, null, List.of())).isInstanceOf(StaleWrite.class);
        Payment confirming = PaymentRules.asked(due, KEY, NOON);
        payments.save(confirming, null, List.of());
        Journal journal = Journal.held(due.paymentId(), PRICE, NOON);
        assertThatThrownBy(() -> payments.save(confirming, journal, List.of())).isInstanceOf(StaleWrite.class);
        assertThat(payments.journals(due.paymentId())).isEmpty();
    }

    @Test
    default void aJournalIsPostedOnceAndReadBack() {
        Payments payments = payments();
        Payment due = due();
        payments.save(due, null, List.of());
        Journal journal = Journal.held(due.paymentId(), PRICE, NOON);
        Payment next = PaymentRules.asked(due, KEY, NOON);
        payments.save(next, journal, List.of());
        assertThat(payments.journals(due.paymentId())).containsExactly(journal);
        Payment after = next.change().trouble("x").silently();
        assertThatThrownBy(() -> payments.save(after, journal, List.of())).isInstanceOf(StaleWrite.class);
        assertThat(payments.find(due.paymentId())).contains(next);
        assertThat(payments.journals(due().paymentId())).isEmpty();
    }

    @Test
    default void ofManyWritersOneWins() {
        Payments payments = payments();
        Payment due = due();
        payments.save(due, null, List.of());
        List<Boolean> won = Race.of(8, racer -> {
            try {
                PaymentKey key = new PaymentKey("tgen_racer_" + racer);
                payments.save(PaymentRules.asked(due, key, NOON), null, List.of());
                return true;
            } catch (StaleWrite _) {
                return false;
            }
        });
        assertThat(won).filteredOn(one -> one).hasSize(1);
    }

    @Test
    default void aQueueHasThoseThatAreDueTheLongestWaitingFirst() {
        Payments payments = payments();
        Payment first = confirming(payments, 1);
        Payment second = confirming(payments, 2);
        confirming(payments, 100);
        payments.save(due(), null, List.of());
        assertThat(payments.due(Queue.CONFIRMING, NOON.plusSeconds(12), 10))
                .containsExactly(first.paymentId(), second.paymentId());
        assertThat(payments.due(Queue.CONFIRMING, NOON.plusSeconds(11), 10)).containsExactly(first.paymentId());
        assertThat(payments.due(Queue.CONFIRMING, NOON.plusSeconds(12), 1)).containsExactly(first.paymentId());
        assertThat(payments.due(Queue.SETTLING, NOON.plusSeconds(12), 10)).isEmpty();
        payments.save(PaymentRules.declined(first, 1, "X", NOON).next(), null, List.of());
        assertThat(payments.due(Queue.CONFIRMING, NOON.plusSeconds(12), 10)).containsExactly(second.paymentId());
    }

    private static Payment confirming(Payments payments, int seconds) {
        Payment due = due();
        payments.save(due, null, List.of());
        Payment confirming = PaymentRules.asked(due, KEY, NOON.plusSeconds(seconds));
        payments.save(confirming, null, List.of());
        return confirming;
    }

    @Test
    default void allPaymentsArePassedOnceInSlices() {
        Payments payments = payments();
        List<PaymentId> added = IntStream.range(0, 7)
                .mapToObj(_ -> {
                    Payment due = due();
                    payments.save(due, null, List.of());
                    return due.paymentId();
                })
                .toList();
        List<PaymentId> found = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Slice slice = payments.all(3, cursor);
            assertThat(slice.items()).hasSizeLessThanOrEqualTo(3);
            slice.items().forEach(payment -> found.add(payment.paymentId()));
            cursor = slice.cursor();
        } while (cursor != null);
        assertThat(found).containsExactlyInAnyOrderElementsOf(added);
    }
}
