package dev.gavel.payments;

import static dev.gavel.payments.Till.KEY;
import static dev.gavel.payments.Till.NOON;
import static dev.gavel.payments.Till.PRICE;
import static dev.gavel.payments.Till.TERMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gavel.events.PaymentEvent.PaymentHeld;
import dev.gavel.events.PaymentEvent.PaymentSettled;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.OrderId;
import dev.gavel.payments.Payment.Patience;
import dev.gavel.payments.Payment.Payout;
import dev.gavel.payments.Payment.Status;
import dev.gavel.payments.PaymentGateway.Charge;
import dev.gavel.payments.PaymentGateway.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PaymentRulesTest {

    private static final OrderId ORDER = Till.nextOrder();
    private static final long HALF = 26_000;

    /// Every state there is. What is paid out is told apart by its payout.
    enum State {
        DUE(Payment.first(ORDER, TERMS, Status.DUE, NOON)),
        VOID(PaymentRules.cancelled(DUE.payment, ORDER, NOON)),
        NO_TERMS(PaymentRules.cancelled(null, ORDER, NOON)),
        CONFIRMING(PaymentRules.asked(DUE.payment, KEY, NOON)),
        GIVEN_UP(PaymentRules.cancelled(CONFIRMING.payment, ORDER, NOON)),
        HELD(PaymentRules.charged(CONFIRMING.payment, charge(0), NOON).next()),
        SETTLING(PaymentRules.decided(HELD.payment, Till.decided(ORDER, HALF, 52_001 - HALF), Fees.STANDARD, NOON)
                .next()),
        SETTLED(PaymentRules.refunded(SETTLING.payment, Money.krw(52_001 - HALF), NOON)
                .next()),
        SENDING(PaymentRules.sending(SETTLED.payment, NOON).next()),
        SENT(PaymentRules.sent(SENDING.payment, NOON).next());

        private final Payment payment;

        State(Payment payment) {
            this.payment = payment;
        }

        static String of(Payment payment) {
            if (payment.terms() == null) {
                return "NO_TERMS";
            }
            return switch (payment.payout()) {
                case SENDING -> "SENDING";
                case SENT -> "SENT";
                case NONE, OWED ->
                    payment.status() == Status.CONFIRMING && payment.cancelled()
                            ? "GIVEN_UP"
                            : payment.status().name();
            };
        }
    }

    enum Event {
        PLACED(state -> PaymentRules.placed(state, ORDER, TERMS, NOON)),
        CANCELLED(state -> PaymentRules.cancelled(state, ORDER, NOON)),
        ASKED(state -> PaymentRules.asked(state, KEY, NOON)),
        CHARGED(state -> PaymentRules.charged(state, charge(0), NOON).next()),
        DECLINED(state -> PaymentRules.declined(state, 1, "X", NOON).next()),
        DECIDED(state -> PaymentRules.decided(state, Till.decided(ORDER, HALF, 52_001 - HALF), Fees.STANDARD, NOON)
                .next()),
        REFUNDED(state ->
                PaymentRules.refunded(state, Money.krw(52_001 - HALF), NOON).next()),
        SEND(state -> PaymentRules.sending(state, NOON).next()),
        SENT(state -> PaymentRules.sent(state, NOON).next());

        private final Function<Payment, Payment> rule;

        Event(Function<Payment, Payment> rule) {
            this.rule = rule;
        }
    }

    private static Charge charge(long refunded) {
        return new Charge(KEY, ORDER, Stage.CHARGED, PRICE, Money.krw(refunded));
    }

    /// `-` is no change and `!` an error; the order of the columns is that of `Event`.
    @ParameterizedTest
    @CsvSource({
        "DUE,        -,    VOID,     CONFIRMING, HELD, -,    !,        -,       -,       -",
        "VOID,       -,    -,        !,          HELD, -,    !,        -,       -,       -",
        "NO_TERMS,   VOID, -,        !,          -,    -,    !,        -,       -,       -",
        "CONFIRMING, -,    GIVEN_UP, !,          HELD, DUE,  !,        -,       -,       -",
        "GIVEN_UP,   -,    -,        !,          HELD, VOID, !,        -,       -,       -",
        "HELD,       -,    -,        !,          -,    -,    SETTLING, -,       -,       -",
        "SETTLING,   -,    -,        !,          -,    -,    -,        SETTLED, -,       -",
        "SETTLED,    -,    -,        !,          -,    -,    -,        -,       SENDING, -",
        "SENDING,    -,    -,        !,          -,    -,    -,        -,       -,       SENT",
        "SENT,       -,    -,        !,          -,    -,    -,        -,       -,       -",
    })
    void everyEventInEveryState(
            State state,
            String placed,
            String cancelled,
            String asked,
            String charged,
            String declined,
            String decided,
            String refunded,
            String send,
            String sent) {
        List<String> wanted = List.of(placed, cancelled, asked, charged, declined, decided, refunded, send, sent);
        List<String> there = Stream.of(Event.values())
                .map(event -> {
                    try {
                        Payment next = event.rule.apply(state.payment);
                        return next.equals(state.payment) ? "-" : State.of(next);
                    } catch (IllegalStateException _) {
                        return "!";
                    }
                })
                .toList();
        assertThat(there).isEqualTo(wanted);
    }

    @ParameterizedTest
    @EnumSource
    void theTableHasEveryStateAsItIsCalled(State state) {
        assertThat(State.of(state.payment)).isEqualTo(state.name());
    }

    @Test
    void whateverHappensInWhateverOrderMoneyIsNeitherLostNorMade() {
        Random random = new Random(5);
        int settled = 0;
        for (int run = 0; run < 3_000; run++) {
            Payment payment = random.nextInt(10) == 0
                    ? PaymentRules.cancelled(null, ORDER, NOON)
                    : Payment.first(ORDER, TERMS, Status.DUE, NOON);
            List<Journal> ledger = new ArrayList<>();
            long facts = 0;
            for (int i = 0; i < 30; i++) {
                Step step = random(payment, random);
                facts += step.event() == null ? 0 : 1;
                payment = step.next();
                if (step.journal() != null) {
                    ledger.add(step.journal());
                }
                assertThat(payment.facts()).isEqualTo(facts);
                assertThat(Audit.ofLedger(
                                payment.change().to(payment.status(), NOON).silently(), ledger))
                        .isEmpty();
                assertThat(Journal.balances(ledger).values().stream()
                                .mapToLong(Long::longValue)
                                .sum())
                        .isZero();
                assertThat(ledger).extracting(Journal::kind).doesNotHaveDuplicates();
            }
            if (payment.status() == Status.SETTLED) {
                settled++;
                assertThat(Journal.balances(ledger)).containsEntry(Account.ESCROW, 0L);
            }
        }
        assertThat(settled).isGreaterThan(500);
    }

    private static Step random(Payment payment, Random random) {
        Money back = Money.krw(new long[] {0, 26_001, 52_001}[random.nextInt(3)]);
        try {
            return switch (random.nextInt(10)) {
                case 0 -> Step.to(PaymentRules.placed(payment, ORDER, TERMS, NOON));
                case 1 ->
                    random.nextInt(8) == 0 ? Step.to(PaymentRules.cancelled(payment, ORDER, NOON)) : Step.to(payment);
                case 2 -> Step.to(PaymentRules.asked(payment, KEY, NOON));
                case 3 -> PaymentRules.charged(payment, charge(0), NOON);
                case 4 -> PaymentRules.declined(payment, 1 + random.nextInt(3), "X", NOON);
                case 5 -> PaymentRules.charged(payment, charge(1 + random.nextInt(52_001)), NOON);
                case 6 ->
                    PaymentRules.decided(
                            payment,
                            Till.decided(ORDER, 52_001 - back.minorUnits(), back.minorUnits()),
                            Fees.STANDARD,
                            NOON);
                case 7 ->
                    PaymentRules.refunded(
                            payment,
                            payment.division() == null
                                    ? PRICE
                                    : payment.divided().refunded(),
                            NOON);
                case 8 -> PaymentRules.sending(payment, NOON);
                default -> PaymentRules.sent(payment, NOON);
            };
        } catch (IllegalStateException _) {
            return Step.to(payment);
        }
    }

    @Test
    void onlyExactlyWhatIsDueIsTakenForPaid() {
        Payment confirming = State.CONFIRMING.payment;
        for (Charge charge : List.of(
                new Charge(KEY, ORDER, Stage.CHARGED, Money.krw(52_000), Money.krw(0)),
                new Charge(KEY, ORDER, Stage.CHARGED, Money.krw(52_002), Money.krw(0)),
                new Charge(KEY, ORDER, Stage.CHARGED, Money.of("52001", "JPY"), Money.of("0", "JPY")),
                new Charge(KEY, Till.nextOrder(), Stage.CHARGED, PRICE, PRICE.zero()),
                charge(1))) {
            Step step = PaymentRules.charged(confirming, charge, NOON);
            assertThat(step.next().status()).isEqualTo(Status.CONFIRMING);
            assertThat(step.next().trouble()).isEqualTo("CHARGE_DIFFERS");
            assertThat(step.journal()).isNull();
            assertThat(step.event()).isNull();
        }
        assertThat(PaymentRules.charged(confirming, charge(52_001), NOON).next().status())
                .isEqualTo(Status.DUE);
        assertThat(PaymentRules.charged(confirming, charge(0), NOON).event())
                .isInstanceOfSatisfying(
                        PaymentHeld.class, held -> assertThat(held.amount()).isEqualTo(PRICE));
    }

    @Test
    void theDeclineOfAnEarlierTryDoesNotEndALaterOne() {
        Payment again = PaymentRules.asked(
                PaymentRules.declined(State.CONFIRMING.payment, 1, "X", NOON).next(), KEY, NOON);
        assertThat(PaymentRules.declined(again, 1, "X", NOON).next()).isEqualTo(again);
        assertThat(PaymentRules.declined(again, 2, "X", NOON).next().status()).isEqualTo(Status.DUE);
    }

    @Test
    void aDecisionThatIsNotAboutTheHeldMoneyMovesNothing() {
        Payment held = State.HELD.payment;
        for (long[] parts : new long[][] {{52_001, 1}, {52_000, 0}, {52_002, -1}, {-1, 52_002}, {0, 0}}) {
            assertThatIllegalArgumentException()
                    .as(Arrays.toString(parts))
                    .isThrownBy(() ->
                            PaymentRules.decided(held, Till.decided(ORDER, parts[0], parts[1]), Fees.STANDARD, NOON));
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> PaymentRules.decided(
                        State.SETTLED.payment, Till.decided(ORDER, 52_001, 0), Fees.STANDARD, NOON));
    }

    @Test
    void whenNothingGoesBackItIsSettledAtOnce() {
        Step step = PaymentRules.decided(State.HELD.payment, Till.decided(ORDER, 52_001, 0), Fees.STANDARD, NOON);
        assertThat(step.next().status()).isEqualTo(Status.SETTLED);
        assertThat(step.next().payout()).isEqualTo(Payout.OWED);
        assertThat(step.event()).isInstanceOfSatisfying(PaymentSettled.class, settled -> {
            assertThat(settled.fee()).isEqualTo(Money.krw(1_560));
            assertThat(settled.credited()).isEqualTo(Money.krw(50_441));
            assertThat(settled.refunded()).isEqualTo(Money.krw(0));
        });
    }

    @Test
    void whenEverythingGoesBackNothingIsPaidOut() {
        Step step = PaymentRules.decided(State.HELD.payment, Till.decided(ORDER, 0, 52_001), Fees.STANDARD, NOON);
        Payment settled = PaymentRules.refunded(step.next(), PRICE, NOON).next();
        assertThat(settled.payout()).isEqualTo(Payout.NONE);
        assertThat(settled.queue()).isNull();
    }

    @Test
    void aRefundOfAnotherAmountSettlesNothing() {
        Payment after = PaymentRules.refunded(State.SETTLING.payment, Money.krw(1), NOON)
                .next();
        assertThat(after.status()).isEqualTo(Status.SETTLING);
        assertThat(after.trouble()).isEqualTo("REFUND_DIFFERS");
    }

    @Test
    void whatStaysUnclearIsAskedForLessAndLessOften() {
        Patience patience = Patience.first(NOON);
        assertThat(patience.next()).isEqualTo(NOON.plusSeconds(10));
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            patience = patience.longer(NOON);
            pauses.add(patience.next().getEpochSecond() - NOON.getEpochSecond());
        }
        assertThat(pauses).containsExactly(20L, 40L, 80L, 160L, 320L, 640L, 640L, 640L);
    }
}
