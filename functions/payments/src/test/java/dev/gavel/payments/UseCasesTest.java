package dev.gavel.payments;

import static dev.gavel.payments.Till.BUYER;
import static dev.gavel.payments.Till.KEY;
import static dev.gavel.payments.Till.NOON;
import static dev.gavel.payments.Till.PRICE;
import static dev.gavel.payments.Till.SELLER;
import static dev.gavel.payments.Till.STRANGER;
import static dev.gavel.payments.Till.TERMS;
import static dev.gavel.payments.Till.accepted;
import static dev.gavel.payments.Till.call;
import static dev.gavel.payments.Till.fact;
import static dev.gavel.payments.Till.refused;
import static dev.gavel.payments.Till.tick;
import static dev.gavel.payments.Till.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.events.Fact;
import dev.gavel.events.OrderEvent;
import dev.gavel.events.OrderEvent.OrderDecided;
import dev.gavel.events.PaymentEvent.PaidOut;
import dev.gavel.events.PaymentEvent.PaymentDeclined;
import dev.gavel.events.PaymentEvent.PaymentHeld;
import dev.gavel.events.PaymentEvent.PaymentSettled;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.PaymentId;
import dev.gavel.kernel.Unavailable;
import dev.gavel.kernel.UserId;
import dev.gavel.payments.InMemoryGateway.Mood;
import dev.gavel.payments.Payment.Payout;
import dev.gavel.payments.Payment.Status;
import dev.gavel.payments.PaymentGateway.Charge;
import dev.gavel.payments.PaymentGateway.Stage;
import dev.gavel.payments.Reconciliation.Difference;
import dev.gavel.runtime.Measures;
import dev.gavel.testkit.MovableClock;
import dev.gavel.testkit.Race;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class UseCasesTest {

    private static final Instant LATER = NOON.plusSeconds(10);

    private final MovableClock clock = MovableClock.at(NOON);
    private final InMemoryPayments payments = new InMemoryPayments();
    private final InMemoryGateway gateway = new InMemoryGateway();
    private final InMemoryPayouts payouts = new InMemoryPayouts();
    private final InMemoryReconciliations reconciliations = new InMemoryReconciliations();
    private final Cashier cashier = new Cashier(payments, gateway);
    private final ExpectPayment expectPayment = new ExpectPayment(payments);
    private final ConfirmPayment confirmPayment = new ConfirmPayment(payments, cashier);
    private final GetPayment getPayment = new GetPayment(payments);
    private final HandleGatewayWebhook webhook = new HandleGatewayWebhook(payments, cashier);
    private final CheckPayments checkPayments = new CheckPayments(payments, cashier, new Measures());
    private final SettlePayment settlePayment = new SettlePayment(payments, cashier, Fees.STANDARD);
    private final PayOut payOut = new PayOut(payments, cashier, payouts);
    private final ReconcileLedger reconcileLedger =
            new ReconcileLedger(payments, reconciliations, gateway, cashier, new Measures());
    private final GetReconciliation getReconciliation = new GetReconciliation(reconciliations);

    private final OpenCheckout openCheckout =
            new OpenCheckout(payments, gateway, java.net.URI.create("https://gavel.dev"));

    private final OrderId order = Till.nextOrder();
    private final PaymentId id = PaymentId.of(order);

    @Test
    void moneyIsHeldDividedAndPaidOut() {
        expect(Till.placed(order, TERMS.payBy()));
        assertThat(accepted(confirm(BUYER, KEY, PRICE, NOON)).status()).isEqualTo(Status.HELD);
        decide(52_001 - 2_001, 2_001);
        assertThat(accepted(payOut.apply(tick(LATER)))).isEqualTo(Done.ONCE);
        assertThat(accepted(payOut.apply(tick(LATER)))).isEqualTo(Done.NOTHING);

        assertThat(payments.stored())
                .extracting(Fact::data)
                .hasExactlyElementsOfTypes(PaymentHeld.class, PaymentSettled.class, PaidOut.class);
        assertThat(payments.stored()).extracting(Fact::sequence).containsExactly(1L, 2L, 3L);
        assertThat(payments.stored())
                .extracting(Fact::source)
                .containsExactly("/functions/confirm-payment", "/functions/settle-payment", "/functions/pay-out");
        assertThat(payments.announced()).isEqualTo(payments.stored());
        assertThat(gateway.calls()).containsExactly(id + "-confirm-1", id + "-refund");
        assertThat(payouts.sent()).containsOnly(java.util.Map.entry(id + "-payout", Money.krw(48_500)));
        assertThat(Journal.balances(payments.ledger()))
                .containsEntry(Account.ESCROW, 0L)
                .containsEntry(Account.seller(SELLER), 0L)
                .containsEntry(Account.FEES, -1_500L)
                .containsEntry(Account.BANK, -48_500L)
                .containsEntry(Account.GATEWAY, 50_000L);
    }

    @Test
    void aCancellationThatArrivesFirstLeavesThePaymentVoid() {
        expect(Till.cancelled(order));
        expect(Till.placed(order, TERMS.payBy()));
        expect(Till.placed(order, TERMS.payBy()));
        assertThat(state().status()).isEqualTo(Status.VOID);
        assertThat(refused(confirm(BUYER, KEY, PRICE, NOON))).isInstanceOf(PaymentRejected.OrderCancelled.class);
        assertThat(gateway.calls()).isEmpty();
    }

    @Test
    void onlyTheBuyerPaysAndOnlyTheTwoSidesSeeIt() {
        expect(Till.placed(order, TERMS.payBy()));
        for (UserId other : List.of(SELLER, STRANGER)) {
            assertThat(refused(confirm(other, KEY, PRICE, NOON))).isEqualTo(new PaymentRejected.Missing());
        }
        assertThat(refused(confirmPayment.apply(
                        call(BUYER, new ConfirmPayment.Command(Till.nextOrder(), KEY, PRICE), NOON))))
                .isEqualTo(new PaymentRejected.Missing());
        assertThat(accepted(seen(BUYER)).amount()).isEqualTo(PRICE);
        assertThat(accepted(seen(SELLER)).status()).isEqualTo(Status.DUE);
        assertThat(refused(seen(STRANGER))).isEqualTo(new PaymentRejected.Missing());
        assertThat(gateway.calls()).isEmpty();
    }

    @Test
    void onlyTheSellerSeesTheFee() {
        held();
        decide(52_001, 0);
        assertThat(accepted(seen(SELLER)).fee()).isEqualTo(Money.krw(1_560));
        assertThat(accepted(seen(SELLER)).payout()).isEqualTo(Payout.OWED);
        PaymentView buyers = accepted(seen(BUYER));
        assertThat(buyers.fee()).isNull();
        assertThat(buyers.credited()).isNull();
        assertThat(buyers.payout()).isNull();
    }

    @Test
    void onlyTheBuyerGetsAPageToPayOnAndOnlyWhileItIsDue() {
        assertThat(refused(checkout(BUYER, NOON))).isInstanceOf(PaymentRejected.Missing.class);
        expect(Till.placed(order, TERMS.payBy()));
        assertThat(refused(checkout(SELLER, NOON))).isInstanceOf(PaymentRejected.Missing.class);
        assertThat(refused(checkout(BUYER, TERMS.payBy()))).isInstanceOf(PaymentRejected.TooLate.class);
        assertThat(accepted(checkout(BUYER, NOON)).amount()).isEqualTo(PRICE);
        gateway.away(true);
        assertThatThrownBy(() -> checkout(BUYER, NOON)).isInstanceOf(Unavailable.class);
        gateway.away(false);
        accepted(confirm(BUYER, KEY, PRICE, NOON));
        assertThat(refused(checkout(BUYER, NOON))).isInstanceOf(PaymentRejected.AlreadyMade.class);
    }

    private Outcome<OpenCheckout.Checkout> checkout(UserId user, Instant at) {
        return openCheckout.apply(call(user, new OpenCheckout.Command(order), at));
    }

    @Test
    void anotherAmountOrCurrencyIsRefusedBeforeAnythingIsCalled() {
        expect(Till.placed(order, TERMS.payBy()));
        for (Money other : List.of(Money.krw(52_000), Money.krw(0), Money.krw(-52_001), Money.of("52001", "JPY"))) {
            assertThat(refused(confirm(BUYER, KEY, other, NOON)))
                    .isInstanceOf(PaymentRejected.AmountDiffers.class)
                    .extracting(reason -> reason.kind().name())
                    .isEqualTo("INVALID");
        }
        assertThat(gateway.calls()).isEmpty();
        assertThat(state().status()).isEqualTo(Status.DUE);
    }

    @Test
    void theTimeToPayEndsExclusively() {
        expect(Till.placed(order, LATER));
        assertThat(refused(confirm(BUYER, KEY, PRICE, LATER))).isEqualTo(new PaymentRejected.TooLate(LATER));
        assertThat(accepted(confirm(BUYER, KEY, PRICE, LATER.minusNanos(1))).status())
                .isEqualTo(Status.HELD);
    }

    @Test
    void aDeclinedPaymentCanBeTriedAgain() {
        expect(Till.placed(order, TERMS.payBy()));
        gateway.next(Mood.DECLINE);
        assertThat(refused(confirm(BUYER, KEY, PRICE, NOON)))
                .isEqualTo(new PaymentRejected.Declined("REJECT_CARD_PAYMENT"));
        assertThat(refused(confirm(BUYER, KEY, PRICE, LATER)))
                .as("the same request again, after a crash")
                .isEqualTo(new PaymentRejected.Declined("REJECT_CARD_PAYMENT"));
        assertThat(payments.stored()).extracting(Fact::data).hasExactlyElementsOfTypes(PaymentDeclined.class);
        assertThat(accepted(confirm(BUYER, new PaymentKey("tgen_key_2"), PRICE, NOON))
                        .status())
                .isEqualTo(Status.HELD);
        assertThat(gateway.calls()).containsExactly(id + "-confirm-2");
    }

    @Test
    void aConfirmationWithoutAnAnswerIsResolvedByTheBooks() {
        expect(Till.placed(order, TERMS.payBy()));
        gateway.next(Mood.LOSE_THE_ANSWER);
        assertThat(accepted(confirm(BUYER, KEY, PRICE, NOON)).status()).isEqualTo(Status.CONFIRMING);
        assertThat(accepted(confirm(BUYER, KEY, PRICE, NOON)).status()).isEqualTo(Status.CONFIRMING);
        assertThat(refused(confirm(BUYER, new PaymentKey("tgen_other"), PRICE, NOON)))
                .isInstanceOf(PaymentRejected.AnotherRunning.class);
        assertThat(accepted(checkPayments.apply(tick(LATER.minusNanos(1))))).isEqualTo(Done.NOTHING);
        assertThat(accepted(checkPayments.apply(tick(LATER)))).isEqualTo(Done.ONCE);
        assertThat(state().status()).isEqualTo(Status.HELD);
        assertThat(gateway.calls()).hasSize(1);
        assertThat(accepted(confirm(BUYER, KEY, PRICE, LATER)).status()).isEqualTo(Status.HELD);
        assertThat(refused(confirm(BUYER, new PaymentKey("tgen_other"), PRICE, LATER)))
                .isInstanceOf(PaymentRejected.AlreadyMade.class);
    }

    @Test
    void aConfirmationThatNeverReachedTheGatewayIsSentAgain() {
        expect(Till.placed(order, TERMS.payBy()));
        gateway.next(Mood.LOSE_THE_REQUEST);
        confirm(BUYER, KEY, PRICE, NOON);
        assertThat(gateway.calls()).isEmpty();
        checkPayments.apply(tick(LATER));
        assertThat(state().status()).isEqualTo(Status.HELD);
        assertThat(gateway.calls()).containsExactly(id + "-confirm-1");
    }

    @Test
    void aGatewayThatIsAwayIsAskedLessAndLessOften() {
        expect(Till.placed(order, TERMS.payBy()));
        gateway.away(true);
        confirm(BUYER, KEY, PRICE, NOON);
        checkPayments.apply(tick(LATER));
        assertThat(state().patience().next()).isEqualTo(LATER.plusSeconds(20));
        assertThat(state().trouble()).isEqualTo("TIMEOUT");
        assertThat(payments.due(Payments.Queue.CONFIRMING, LATER.plusSeconds(19), 10))
                .isEmpty();
        gateway.away(false);
        checkPayments.apply(tick(LATER.plusSeconds(20)));
        assertThat(state().status()).isEqualTo(Status.HELD);
        assertThat(state().trouble()).isNull();
    }

    @Test
    void anOrderGivenUpWhileItsMoneyIsOnItsWayIsVoidOnlyWhenNoneCame() {
        expect(Till.placed(order, TERMS.payBy()));
        gateway.next(Mood.LOSE_THE_ANSWER);
        confirm(BUYER, KEY, PRICE, NOON);
        expect(Till.cancelled(order));
        assertThat(state().status()).isEqualTo(Status.CONFIRMING);
        checkPayments.apply(tick(LATER));
        assertThat(state().status()).isEqualTo(Status.HELD);
    }

    @Test
    void anExpiredPaymentOfAnOrderGivenUpIsVoid() {
        expect(Till.placed(order, TERMS.payBy()));
        gateway.next(Mood.LOSE_THE_REQUEST);
        confirm(BUYER, KEY, PRICE, NOON);
        expect(Till.cancelled(order));
        gateway.write(new Charge(KEY, order, Stage.DEAD, PRICE, PRICE.zero()));
        checkPayments.apply(tick(LATER));
        assertThat(state().status()).isEqualTo(Status.VOID);
    }

    @Test
    void whatNobodyWantsAnyMoreIsNotChargedAgain() {
        expect(Till.placed(order, TERMS.payBy()));
        gateway.next(Mood.LOSE_THE_REQUEST);
        confirm(BUYER, KEY, PRICE, NOON);
        expect(Till.cancelled(order));
        checkPayments.apply(tick(LATER));
        assertThat(state().status()).isEqualTo(Status.VOID);
        assertThat(gateway.calls()).isEmpty();
    }

    @Test
    void webhooksNeitherHurryNorPutOffWhatIsUnclear() {
        expect(Till.placed(order, TERMS.payBy()));
        gateway.next(Mood.LOSE_THE_REQUEST);
        confirm(BUYER, KEY, PRICE, NOON);
        Payment before = state();
        tell(order);
        gateway.away(true);
        tell(order);
        assertThat(state()).isEqualTo(before);
        assertThat(gateway.calls()).isEmpty();
    }

    @Test
    void moneyForAVoidPaymentIsHeldAndTold() {
        expect(Till.placed(order, TERMS.payBy()));
        expect(Till.cancelled(order));
        gateway.write(new Charge(KEY, order, Stage.CHARGED, PRICE, PRICE.zero()));
        assertThat(accepted(tell(order))).isEqualTo(Done.ONCE);
        assertThat(accepted(tell(order))).isEqualTo(Done.NOTHING);
        assertThat(state().status()).isEqualTo(Status.HELD);
        assertThat(payments.announced()).extracting(Fact::data).hasExactlyElementsOfTypes(PaymentHeld.class);
        decide(0, 52_001);
        assertThat(state().status()).isEqualTo(Status.SETTLED);
        assertThat(gateway.read(order).orElseThrow().balance()).isEqualTo(Money.krw(0));
    }

    @Test
    void moneyForAnOrderThatIsNotKnownYetIsAskedForAgain() {
        expect(Till.cancelled(order));
        gateway.write(new Charge(KEY, order, Stage.CHARGED, PRICE, PRICE.zero()));
        assertThatThrownBy(() -> tell(order)).isInstanceOf(Unavailable.class);
        expect(Till.placed(order, TERMS.payBy()));
        tell(order);
        assertThat(state().status()).isEqualTo(Status.HELD);
    }

    @Test
    void aForgedWebhookChangesNothing() {
        expect(Till.placed(order, TERMS.payBy()));
        assertThat(accepted(tell(order))).isEqualTo(Done.NOTHING);
        assertThat(accepted(tell(Till.nextOrder()))).isEqualTo(Done.NOTHING);
        gateway.write(new Charge(KEY, order, Stage.CHARGED, Money.krw(1), Money.krw(0)));
        tell(order);
        gateway.write(new Charge(KEY, order, Stage.CHARGED, Money.of("52001", "JPY"), Money.of("0", "JPY")));
        tell(order);
        assertThat(state().status()).isEqualTo(Status.DUE);
        assertThat(state().trouble()).isEqualTo("CHARGE_DIFFERS");
        assertThat(payments.stored()).isEmpty();
        assertThat(payments.ledger()).isEmpty();
    }

    @Test
    void aWebhookThatCannotBeCheckedIsToBeSentAgain() {
        expect(Till.placed(order, TERMS.payBy()));
        gateway.away(true);
        assertThatThrownBy(() -> tell(order)).isInstanceOf(Unavailable.class);
    }

    @Test
    void aDecisionThatComesBeforeTheMoneyIsToBeDeliveredAgain() {
        assertThatThrownBy(() -> decide(52_001, 0)).isInstanceOf(Unavailable.class);
        expect(Till.placed(order, TERMS.payBy()));
        assertThatThrownBy(() -> decide(52_001, 0)).isInstanceOf(Unavailable.class);
        expect(Till.cancelled(order));
        assertThatThrownBy(() -> decide(52_001, 0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aDecisionOverMoreThanIsHeldIsRefusedLoudly() {
        held();
        assertThatThrownBy(() -> decide(52_001, 52_001)).isInstanceOf(IllegalArgumentException.class);
        assertThat(state().status()).isEqualTo(Status.HELD);
        assertThat(gateway.calls()).hasSize(1);
    }

    @Test
    void manyDeliveriesOfADecisionAtOnceMoveMoneyOnce() {
        held();
        Race.of(16, _ -> {
            decide(26_000, 26_001);
            return true;
        });
        Race.of(8, _ -> payOut.apply(tick(LATER)));
        assertThat(state().status()).isEqualTo(Status.SETTLED);
        assertThat(gateway.calls()).containsExactly(id + "-confirm-1", id + "-refund");
        assertThat(payouts.sent()).hasSize(1);
        assertThat(payments.stored())
                .extracting(Fact::data)
                .hasExactlyElementsOfTypes(PaymentHeld.class, PaymentSettled.class, PaidOut.class);
    }

    @Test
    void aRefundWithoutAnAnswerIsMadeOnce() {
        for (Mood mood : List.of(Mood.LOSE_THE_ANSWER, Mood.LOSE_THE_REQUEST)) {
            UseCasesTest fresh = new UseCasesTest();
            fresh.held();
            fresh.gateway.next(mood);
            fresh.decide(26_000, 26_001);
            assertThat(fresh.state().status()).isEqualTo(Status.SETTLING);
            fresh.checkPayments.apply(tick(LATER));
            assertThat(fresh.state().status()).as("%s", mood).isEqualTo(Status.SETTLED);
            assertThat(fresh.gateway.calls()).containsExactly(fresh.id + "-confirm-1", fresh.id + "-refund");
        }
    }

    @Test
    void aRefundThatIsDeclinedStaysInSight() {
        held();
        gateway.next(Mood.DECLINE);
        decide(0, 52_001);
        assertThat(state().status()).isEqualTo(Status.SETTLING);
        assertThat(state().trouble()).isEqualTo("REJECT_CARD_PAYMENT");
        checkPayments.apply(tick(LATER.plusSeconds(20)));
        assertThat(reconciled(NOON)).extracting(Difference::what).containsExactly("in trouble: REJECT_CARD_PAYMENT");
    }

    @Test
    void aPayoutWithoutAnAnswerIsSentOnce() {
        held();
        decide(52_001, 0);
        payouts.next(true, () -> new Payouts.Unknown("TIMEOUT"));
        payOut.apply(tick(NOON));
        assertThat(state().payout()).isEqualTo(Payout.SENDING);
        assertThat(accepted(payOut.apply(tick(LATER)))).isEqualTo(Done.NOTHING);
        assertThat(accepted(payOut.apply(tick(LATER.plusSeconds(20))))).isEqualTo(Done.ONCE);
        assertThat(payouts.sent()).hasSize(1);
        assertThat(payments.ledger()).extracting(Journal::kind).containsOnlyOnce(Journal.Kind.PAID_OUT);
    }

    @Test
    void aPayoutThatIsRefusedIsTriedAgainAndInSight() {
        held();
        decide(52_001, 0);
        payouts.next(false, () -> new Payouts.Refused("NO_ACCOUNT"));
        payOut.apply(tick(NOON));
        assertThat(reconciled(NOON)).extracting(Difference::what).containsExactly("in trouble: NO_ACCOUNT");
        assertThat(payouts.sent()).isEmpty();
        payOut.apply(tick(LATER.plusSeconds(20)));
        assertThat(state().payout()).isEqualTo(Payout.SENT);
        assertThat(state().trouble()).isNull();
    }

    @Test
    void theBooksOfAnHonestDayAgree() {
        moneyIsHeldDividedAndPaidOut();
        expect(Till.placed(Till.nextOrder(), TERMS.payBy()));
        assertThat(reconciled(NOON)).isEmpty();
        assertThat(Objects.requireNonNull(report().last()).checked()).isEqualTo(2);
        assertThat(report().running()).isNull();
    }

    @Test
    void whatTheGatewayGaveBackByItselfIsFound() {
        held();
        gateway.write(new Charge(KEY, order, Stage.CHARGED, PRICE, Money.krw(1)));
        assertThat(reconciled(NOON)).singleElement().satisfies(difference -> {
            assertThat(difference.ledger()).isEqualTo(PRICE);
            assertThat(difference.elsewhere()).isEqualTo(Money.krw(52_000));
        });
    }

    @Test
    void aForgedJournalIsFound() {
        held();
        payments.forge(Journal.paidOut(
                id, TERMS, Division.of(PRICE, OrderEvent.Cause.CONFIRMED, PRICE, PRICE.zero(), Fees.STANDARD), NOON));
        assertThat(reconciled(NOON))
                .singleElement()
                .satisfies(difference -> assertThat(difference.what())
                        .contains("seller:" + SELLER)
                        .contains("should have"));
    }

    @Test
    void moneyNobodyTookInIsFoundAndTakenIn() {
        expect(Till.placed(order, TERMS.payBy()));
        expect(Till.cancelled(order));
        gateway.write(new Charge(KEY, order, Stage.CHARGED, PRICE, PRICE.zero()));
        assertThat(reconciled(NOON)).hasSize(1);
        assertThat(state().status()).isEqualTo(Status.HELD);
        assertThat(reconciled(NOON)).isEmpty();
    }

    @Test
    void aRoundGoesThroughAllPaymentsInBoundedTicks() {
        for (int i = 0; i < 60; i++) {
            expect(Till.placed(Till.nextOrder(), TERMS.payBy()));
        }
        assertThat(accepted(reconcileLedger.apply(tick(NOON)))).isEqualTo(new Done(25));
        assertThat(Objects.requireNonNull(report().running()).checked()).isEqualTo(25);
        assertThat(report().last()).isNull();
        reconcileLedger.apply(tick(NOON));
        assertThat(accepted(reconcileLedger.apply(tick(NOON)))).isEqualTo(new Done(10));
        assertThat(Objects.requireNonNull(report().last()).checked()).isEqualTo(60);
    }

    @Test
    void aGatewayThatIsAwayMakesNoDifferences() {
        held();
        gateway.away(true);
        assertThat(reconciled(NOON)).isEmpty();
        assertThat(Objects.requireNonNull(report().last()).unasked()).isOne();
    }

    private void held() {
        expect(Till.placed(order, TERMS.payBy()));
        accepted(confirm(BUYER, KEY, PRICE, NOON));
    }

    private void expect(OrderEvent event) {
        accepted(expectPayment.apply(told(fact(1, event), NOON)));
    }

    private Outcome<PaymentView> confirm(UserId user, PaymentKey key, Money amount, Instant at) {
        return confirmPayment.apply(call(user, new ConfirmPayment.Command(order, key, amount), at));
    }

    private Outcome<PaymentView> seen(UserId user) {
        return getPayment.apply(call(user, new GetPayment.Query(order), NOON));
    }

    private void decide(long toSeller, long toBuyer) {
        OrderDecided decided = Till.decided(order, toSeller, toBuyer);
        accepted(settlePayment.apply(told(fact(3, decided), NOON)));
    }

    private Outcome<Done> tell(OrderId about) {
        var data = JsonNodeFactory.instance
                .objectNode()
                .put("orderId", about.value())
                .put("status", "DONE")
                .put("totalAmount", 52_001);
        var command = new HandleGatewayWebhook.Command(data, null);
        return webhook.apply(new Call<>(command, Caller.ANONYMOUS, NOON, ""));
    }

    private Payment state() {
        return payments.find(id).orElseThrow();
    }

    private GetReconciliation.Reports report() {
        return accepted(getReconciliation.apply(call(STRANGER, new GetReconciliation.Query(), NOON)));
    }

    private List<Difference> reconciled(Instant at) {
        reconcileLedger.apply(tick(at));
        return Objects.requireNonNull(report().last()).differences();
    }
}
