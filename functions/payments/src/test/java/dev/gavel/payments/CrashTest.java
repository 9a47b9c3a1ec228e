package dev.gavel.payments;

import static dev.gavel.payments.Till.BUYER;
import static dev.gavel.payments.Till.KEY;
import static dev.gavel.payments.Till.NOON;
import static dev.gavel.payments.Till.PRICE;
import static dev.gavel.payments.Till.TERMS;
import static dev.gavel.payments.Till.call;
import static dev.gavel.payments.Till.fact;
import static dev.gavel.payments.Till.tick;
import static dev.gavel.payments.Till.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.events.Fact;
import dev.gavel.events.PaymentEvent.PaidOut;
import dev.gavel.events.PaymentEvent.PaymentHeld;
import dev.gavel.events.PaymentEvent.PaymentSettled;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.PaymentId;
import dev.gavel.payments.Payment.Payout;
import dev.gavel.runtime.Measures;
import dev.gavel.testkit.MovableClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The process dies before and after every call to the store, the gateway and the payout provider, one place a run,
/// and whoever triggered it comes again. Money must then have moved once, and all of it must be where it belongs.
class CrashTest {

    private static final class Crash extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    /// One way from due to paid out with one crash on it.
    private static final class Run {

        private final int crashAt;
        private int calls;
        private final MovableClock clock = MovableClock.at(NOON);
        private final InMemoryPayments stored = new InMemoryPayments();
        private final InMemoryGateway toss = new InMemoryGateway();
        private final InMemoryPayouts bank = new InMemoryPayouts();
        private final Payments payments = crashing(Payments.class, stored);
        private final Cashier cashier = new Cashier(payments, crashing(PaymentGateway.class, toss));
        private final OrderId order = Till.nextOrder();
        private final PaymentId id = PaymentId.of(order);

        Run(int crashAt) {
            this.crashAt = crashAt;
        }

        private <T> T crashing(Class<T> port, T real) {
            return port.cast(Proxy.newProxyInstance(
                    port.getClassLoader(), new Class<?>[] {port}, (_, method, arguments) -> {
                        crash();
                        Object answer;
                        try {
                            answer = method.invoke(real, arguments);
                        } catch (InvocationTargetException thrown) {
                            throw thrown.getCause();
                        }
                        crash();
                        return answer;
                    }));
        }

        private void crash() {
            if (++calls == crashAt) {
                throw new Crash();
            }
        }

        /// @return whether the crash came
        boolean through() {
            again(() -> new ExpectPayment(payments)
                    .apply(told(fact(1, Till.placed(order, TERMS.payBy())), clock.instant())));
            again(() -> new ConfirmPayment(payments, cashier)
                    .apply(call(BUYER, new ConfirmPayment.Command(order, KEY, PRICE), clock.instant())));
            ticks();
            again(() -> new SettlePayment(payments, cashier, Fees.STANDARD)
                    .apply(told(fact(3, Till.decided(order, 26_000, 26_001)), clock.instant())));
            for (int i = 0; i < 3; i++) {
                ticks();
            }
            return calls >= crashAt;
        }

        private void ticks() {
            clock.advance(Duration.ofMinutes(11));
            again(() -> new CheckPayments(payments, cashier, new Measures()).apply(tick(clock.instant())));
            again(() -> new PayOut(payments, cashier, crashing(Payouts.class, bank)).apply(tick(clock.instant())));
        }

        private static void again(Runnable trigger) {
            try {
                trigger.run();
            } catch (Crash _) {
                trigger.run();
            }
        }
    }

    @Test
    void aCrashAnywhereMovesNoMoneyTwiceAndLosesNone() {
        int places = 0;
        Run run;
        do {
            run = new Run(++places);
            boolean crashed = run.through();
            String where = "crash at " + places;
            assertThat(run.stored.find(run.id).orElseThrow().payout()).as(where).isEqualTo(Payout.SENT);
            assertThat(run.toss.calls()).as(where).containsExactly(run.id + "-confirm-1", run.id + "-refund");
            assertThat(run.toss.read(run.order).orElseThrow().balance()).isEqualTo(Money.krw(26_000));
            assertThat(run.bank.sent()).as(where).hasSize(1);
            assertThat(run.stored.stored())
                    .extracting(Fact::data)
                    .hasExactlyElementsOfTypes(PaymentHeld.class, PaymentSettled.class, PaidOut.class);
            assertThat(Audit.ofLedger(run.stored.find(run.id).orElseThrow(), run.stored.journals(run.id)))
                    .as(where)
                    .isEmpty();
            if (!crashed) {
                break;
            }
        } while (places < 500);
        assertThat(places).isBetween(40, 499);
    }

    /// The control: the same crashes must be able to move money twice where nothing prevents it.
    @Test
    void aProviderThatForgetsItsKeysIsFoundOut() {
        int twice = 0;
        for (int place = 1; place < 100; place++) {
            Run run = new Run(place);
            run.bank.forget();
            run.through();
            twice += run.bank.sent().size() > 1 ? 1 : 0;
        }
        assertThat(twice).isPositive();
    }
}
