package dev.gavel.payments;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.PaymentId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// One movement of money, posted once and never changed: what leaves one account arrives in others. There is at
/// most one of each kind for a payment.
///
/// @throws IllegalArgumentException when the postings do not come to zero
record Journal(PaymentId paymentId, Kind kind, Instant at, List<Posting> postings) {

    enum Kind {
        @JsonProperty("held")
        HELD("held"),
        @JsonProperty("settled")
        SETTLED("settled"),
        @JsonProperty("paid-out")
        PAID_OUT("paid-out");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    /// So much more, or less, on an account.
    record Posting(Account account, Money amount) {}

    Journal {
        postings = List.copyOf(postings);
        if (postings.size() < 2) {
            throw new IllegalArgumentException("a journal moves money between two accounts at least");
        }
        Money sum = postings.stream().map(Posting::amount).reduce(Money::plus).orElseThrow();
        if (!sum.isZero()) {
            throw new IllegalArgumentException("the postings of a journal come to " + sum + " and not to zero");
        }
    }

    /// The buyer's money has come.
    static Journal held(PaymentId id, Money amount, Instant at) {
        return of(id, Kind.HELD, at, plus(Account.GATEWAY, amount), minus(Account.ESCROW, amount));
    }

    /// The held money is divided: what goes back leaves through the gateway.
    static Journal settled(PaymentId id, Terms terms, Division division, Instant at) {
        return of(
                id,
                Kind.SETTLED,
                at,
                plus(Account.ESCROW, division.all()),
                minus(Account.seller(terms.sellerId()), division.credited()),
                minus(Account.FEES, division.fee()),
                minus(Account.GATEWAY, division.refunded()));
    }

    /// The seller's money left.
    static Journal paidOut(PaymentId id, Terms terms, Division division, Instant at) {
        return of(
                id,
                Kind.PAID_OUT,
                at,
                plus(Account.seller(terms.sellerId()), division.credited()),
                minus(Account.BANK, division.credited()));
    }

    /// What is on each account after these journals, in the smallest unit.
    static Map<Account, Long> balances(List<Journal> journals) {
        Map<Account, Long> balances = new TreeMap<>(java.util.Comparator.comparing(Account::name));
        journals.stream()
                .flatMap(journal -> journal.postings().stream())
                .forEach(posting ->
                        balances.merge(posting.account(), posting.amount().minorUnits(), Math::addExact));
        return balances;
    }

    private static Journal of(PaymentId id, Kind kind, Instant at, Posting... postings) {
        return new Journal(
                id,
                kind,
                at,
                Stream.of(postings)
                        .filter(posting -> !posting.amount().isZero())
                        .toList());
    }

    private static Posting plus(Account account, Money amount) {
        return new Posting(account, amount);
    }

    private static Posting minus(Account account, Money amount) {
        return new Posting(account, amount.zero().minus(amount));
    }
}
