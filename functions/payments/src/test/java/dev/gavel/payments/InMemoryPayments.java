package dev.gavel.payments;

import dev.gavel.events.Fact;
import dev.gavel.kernel.PaymentId;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.testkit.RememberedFacts;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The in-memory twin of {@link DynamoPayments}, held to the same contract.
final class InMemoryPayments extends RememberedFacts implements Payments {

    private final Map<String, Payment> payments = new TreeMap<>();
    private final Map<String, Journal> journals = new TreeMap<>();

    @Override
    public synchronized Optional<Payment> find(PaymentId id) {
        return Optional.ofNullable(payments.get(id.value()));
    }

    @Override
    public synchronized void save(Payment next, @Nullable Journal journal, List<Fact<?>> facts) {
        Payment current = payments.get(next.paymentId().value());
        long writes = current == null ? 0 : current.writes();
        if (writes != next.writes() - 1 || journal != null && journals.containsKey(key(journal))) {
            throw new StaleWrite("payment " + next.paymentId());
        }
        payments.put(next.paymentId().value(), next);
        if (journal != null) {
            journals.put(key(journal), journal);
        }
        store(facts);
    }

    private static String key(Journal journal) {
        return journal.paymentId() + "#" + journal.kind().label();
    }

    @Override
    public synchronized List<Journal> journals(PaymentId id) {
        return journals.values().stream()
                .filter(journal -> journal.paymentId().equals(id))
                .toList();
    }

    synchronized List<Journal> ledger() {
        return List.copyOf(journals.values());
    }

    /// For tests of those who look for what must not be.
    synchronized void forge(Journal journal) {
        journals.put(key(journal), journal);
    }

    @Override
    public synchronized List<PaymentId> due(Queue queue, Instant by, int limit) {
        return payments.values().stream()
                .filter(payment ->
                        payment.queue() == queue && !payment.patience().next().isAfter(by))
                .sorted(Comparator.comparing(payment -> payment.patience().next()))
                .limit(limit)
                .map(Payment::paymentId)
                .toList();
    }

    @Override
    public synchronized Slice all(int limit, @Nullable String cursor) {
        Stream<Payment> rest = payments.values().stream()
                .filter(payment -> cursor == null || payment.paymentId().value().compareTo(cursor) > 0);
        List<Payment> some = rest.limit(limit).toList();
        return new Slice(
                some, some.size() < limit ? null : some.getLast().paymentId().value());
    }
}
