package dev.gavel.payments;

import static dev.gavel.payments.Till.NOON;
import static dev.gavel.payments.Till.SELLER;
import static dev.gavel.payments.Till.TERMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gavel.events.OrderEvent.Cause;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.PaymentId;
import dev.gavel.payments.Journal.Kind;
import dev.gavel.payments.Journal.Posting;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JournalTest {

    private static final PaymentId ID = PaymentId.of(Till.nextOrder());

    @Test
    void aJournalThatDoesNotComeToZeroIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Journal(
                        ID,
                        Kind.HELD,
                        NOON,
                        List.of(
                                new Posting(Account.GATEWAY, Money.krw(100)),
                                new Posting(Account.ESCROW, Money.krw(-99)))))
                .withMessageContaining("1 KRW");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Journal(ID, Kind.HELD, NOON, List.of(new Posting(Account.GATEWAY, Money.krw(0)))));
    }

    @Test
    void currenciesAreNotMixed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Journal(
                        ID,
                        Kind.HELD,
                        NOON,
                        List.of(
                                new Posting(Account.GATEWAY, Money.krw(100)),
                                new Posting(Account.ESCROW, Money.of("-100", "JPY")))));
    }

    @Test
    void thereIsNoAccountOfThatName() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Account("cash"));
    }

    @Test
    void howeverMoneyIsDividedAllOfItIsSomewhereAndEscrowEndsEmpty() {
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            long held = 1 + random.nextLong(1_000_000);
            long toBuyer = random.nextInt(4) == 0 ? random.nextInt(2) * held : random.nextLong(held + 1);
            Money all = Money.krw(held);
            Terms terms = new Terms(TERMS.buyerId(), SELLER, all, TERMS.payBy());
            Division division = Division.of(
                    all,
                    Cause.CONFIRMED,
                    Money.krw(held - toBuyer),
                    Money.krw(toBuyer),
                    new Fees(random.nextInt(1_001)));
            assertThat(division.all()).isEqualTo(all);
            List<Journal> ledger = new ArrayList<>();
            ledger.add(Journal.held(ID, all, NOON));
            assertThat(sum(ledger)).isZero();
            assertThat(balance(ledger, Account.ESCROW)).isEqualTo(-held);
            ledger.add(Journal.settled(ID, terms, division, NOON));
            assertThat(sum(ledger)).isZero();
            assertThat(balance(ledger, Account.ESCROW)).isZero();
            assertThat(balance(ledger, Account.GATEWAY)).isEqualTo(held - toBuyer);
            assertThat(balance(ledger, Account.seller(SELLER)) + balance(ledger, Account.FEES))
                    .isEqualTo(toBuyer - held);
            if (!division.credited().isZero()) {
                ledger.add(Journal.paidOut(ID, terms, division, NOON));
                assertThat(sum(ledger)).isZero();
                assertThat(balance(ledger, Account.seller(SELLER))).isZero();
                assertThat(balance(ledger, Account.BANK))
                        .isEqualTo(-division.credited().minorUnits());
            }
        }
    }

    private static long sum(List<Journal> ledger) {
        return Journal.balances(ledger).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static long balance(List<Journal> ledger, Account account) {
        return Journal.balances(ledger).getOrDefault(account, 0L);
    }
}
