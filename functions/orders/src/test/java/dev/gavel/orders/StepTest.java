package dev.gavel.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.events.OrderEvent.Cause;
import dev.gavel.events.OrderEvent.OrderDecided;
import dev.gavel.events.OrderEvent.OrderDelivered;
import dev.gavel.kernel.Money;
import dev.gavel.orders.Order.Status;
import dev.gavel.orders.Step.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StepTest {

    private static final Map<String, Step> STEPS = new LinkedHashMap<>();

    static {
        STEPS.put("pay", new Step.Pay());
        STEPS.put("expire", new Step.Expire());
        STEPS.put("cancel-by-buyer", new Step.CancelByBuyer());
        STEPS.put("cancel-by-seller", new Step.CancelBySeller());
        STEPS.put("ship", new Step.Ship(Deal.PARCEL));
        STEPS.put("give-up-shipping", new Step.GiveUpShipping());
        STEPS.put("deliver", new Step.Deliver(Deal.NOON));
        STEPS.put("confirm", new Step.Confirm());
        STEPS.put("confirm-by-silence", new Step.ConfirmBySilence());
        STEPS.put("dispute", new Step.Dispute("broken"));
        STEPS.put("resolve", new Step.Resolve(Money.krw(2_000)));
        STEPS.put("settle", new Step.Settle());
        STEPS.put("return", new Step.Return());
        STEPS.put("refund-returned", new Step.RefundReturned());
    }

    /// Every status by every step: `-` leaves the order as it is.
    @ParameterizedTest
    @CsvSource(textBlock = """
                    AWAITING_PAYMENT | PAID CANCELLED CANCELLED CANCELLED - - - - - - - - - -
                    PAID             | - - - DECIDED SHIPPED DECIDED - - - - - - - -
                    SHIPPED          | - - - - - - DELIVERED DECIDED DECIDED DISPUTED - - - -
                    DELIVERED        | - - - - - - - DECIDED DECIDED DISPUTED - - - -
                    DISPUTED         | - - - - - - - DECIDED - - DECIDED - DISPUTED -
                    DECIDED          | - - - - - - - - - - - COMPLETED - -
                    COMPLETED        | - - - - - - - - - - - - - -
                    REFUNDED         | - - - - - - - - - - - - - -
                    CANCELLED        | DECIDED - - - - - - - - - - - - -
                    """, delimiter = '|')
    void aStepLeadsToOneStatusOrNowhere(Status from, String expected) {
        List<String> found = STEPS.values().stream()
                .map(step -> step.on(Deal.in(from), Terms.DEFAULT, Deal.NOON))
                .map(change -> change == null ? "-" : change.next().status().name())
                .toList();

        assertThat(found).isEqualTo(Arrays.asList(expected.strip().split(" ")));
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void theWayToEveryStatusIsRemembered(Status status) {
        Order order = Deal.in(status);

        assertThat(order.status()).isEqualTo(status);
        assertThat(order.history().getLast().status()).isEqualTo(status);
        assertThat(order.writes()).isEqualTo(order.history().size()).isEqualTo(order.facts());
    }

    @Test
    void theClockMovesOnWhatSomebodyOwes() {
        assertThat(Deal.in(Status.AWAITING_PAYMENT).dueAt()).isEqualTo(Deal.NOON.plus(Duration.ofDays(1)));
        assertThat(Deal.in(Status.PAID).dueAt()).isEqualTo(Deal.NOON.plus(Duration.ofDays(3)));
        assertThat(Deal.in(Status.SHIPPED).dueAt()).isEqualTo(Deal.NOON.plus(Duration.ofDays(14)));
        assertThat(Deal.in(Status.DELIVERED).dueAt()).isEqualTo(Deal.NOON.plus(Duration.ofDays(3)));
        assertThat(Deal.in(Status.DISPUTED).dueAt()).isEqualTo(Deal.NOON.plus(Duration.ofDays(5)));
        assertThat(Stream.of(Status.DECIDED, Status.COMPLETED, Status.REFUNDED, Status.CANCELLED)
                        .map(status -> Deal.in(status).dueAt()))
                .containsOnlyNulls();
    }

    @Test
    void aDisputeIsResolvedByDividingTheMoney() {
        Change change = Deal.change(new Step.Resolve(Money.krw(2_000)), Deal.in(Status.DISPUTED));

        assertThat(change.fact()).isInstanceOfSatisfying(OrderDecided.class, decided -> {
            assertThat(decided.cause()).isEqualTo(Cause.DISPUTE_RESOLVED);
            assertThat(decided.toSeller()).isEqualTo(Money.krw(50_000));
            assertThat(decided.toBuyer()).isEqualTo(Money.krw(2_000));
        });
    }

    @Test
    void aParcelArrivesAtTheCarriersTimeAndTheBuyerHasAllTheTimeFromNowOn() {
        Instant arrived = Deal.NOON.minus(Duration.ofHours(9));
        Change change = Deal.change(new Step.Deliver(arrived), Deal.in(Status.SHIPPED));

        assertThat(change.next().history().getLast().at()).isEqualTo(arrived);
        assertThat(change.next().dueAt()).isEqualTo(Deal.NOON.plus(Duration.ofDays(3)));
        assertThat(change.fact()).isInstanceOfSatisfying(OrderDelivered.class, delivered -> {
            assertThat(delivered.deliveredAt()).isEqualTo(arrived);
            assertThat(delivered.confirmBy()).isEqualTo(change.next().dueAt());
        });
    }

    @Test
    void whatCameBackIsRefundedInThreeDaysUnlessSomebodyDecidesBefore() {
        Change back = Deal.change(new Step.Return(), Deal.in(Status.DISPUTED));
        Order returned = back.next();
        assertThat(back.fact()).isNull();
        assertThat(returned.status()).isEqualTo(Status.DISPUTED);
        assertThat(returned.returnedAt()).isEqualTo(Deal.NOON);
        assertThat(returned.dueAt()).isEqualTo(Deal.NOON.plus(Duration.ofDays(3)));
        assertThat(new Step.Return().on(returned, Terms.DEFAULT, Deal.NOON.plusSeconds(60)))
                .isNull();

        assertThat(Deal.change(new Step.RefundReturned(), returned).fact())
                .isInstanceOfSatisfying(OrderDecided.class, decided -> {
                    assertThat(decided.cause()).isEqualTo(Cause.RETURNED);
                    assertThat(decided.toBuyer()).isEqualTo(Deal.PRICE);
                });
        assertThat(Deal.change(new Step.Resolve(Money.krw(2_000)), returned)
                        .next()
                        .status())
                .isEqualTo(Status.DECIDED);
    }

    @Test
    void moneyForAnOrderThatWasGivenUpGoesBack() {
        Change change = Deal.change(new Step.Pay(), Deal.in(Status.CANCELLED));

        assertThat(change.fact()).isInstanceOfSatisfying(OrderDecided.class, decided -> {
            assertThat(decided.cause()).isEqualTo(Cause.PAID_TOO_LATE);
            assertThat(decided.toBuyer()).isEqualTo(Deal.PRICE);
        });
    }

    /// Whatever happens in whatever order: money is divided at most once, only after it came, and all of it.
    @Test
    void theMoneyIsDividedOnceAndAllOfIt() {
        Random random = new Random(7);
        List<Step> steps = List.copyOf(STEPS.values());
        int divided = 0;
        for (int run = 0; run < 5_000; run++) {
            Order order = Deal.placed();
            boolean held = false;
            int decisions = 0;
            for (int i = 0; i < 30; i++) {
                Step step = steps.get(random.nextInt(steps.size()));
                Change change = step.on(order, Terms.DEFAULT, Deal.NOON);
                if (change != null) {
                    held |= step instanceof Step.Pay;
                    if (change.fact() instanceof OrderDecided decided) {
                        decisions++;
                        assertThat(decided.toSeller().plus(decided.toBuyer())).isEqualTo(Deal.PRICE);
                    }
                    order = change.next();
                }
            }
            assertThat(decisions).isLessThanOrEqualTo(held ? 1 : 0);
            divided += decisions;
        }
        assertThat(divided).isGreaterThan(1_000);
    }
}
