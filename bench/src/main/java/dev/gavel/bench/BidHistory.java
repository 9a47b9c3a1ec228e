package dev.gavel.bench;

import dev.gavel.bench.BidHistory.Attempt.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/// Everything that many clients saw of one auction with proxy bidding and a fixed end, and what the system
/// says about it afterwards; [#violations()] tells what of that cannot have happened in a right auction.
///
/// @param startPrice in KRW
/// @param reserve in KRW, 0 for none
/// @param attempts every bid that was tried, in any order
/// @param entries the public bid history
/// @param end how the auction ended
public record BidHistory(long startPrice, long reserve, List<Attempt> attempts, List<Entry> entries, End end) {

    /// One bid as its client saw it; times are of one monotonic clock, in nanoseconds.
    public record Attempt(String bidder, long maximum, long invoked, long answered, Reply reply) {

        /// What the client was told.
        public sealed interface Reply {
            record Accepted(long number, long price, boolean leads, Instant at) implements Reply {}

            record TooLow(long minimum) implements Reply {}

            record Ended() implements Reply {}

            /// No answer in spite of repetition: it may or may not have been accepted.
            record Lost() implements Reply {}
        }
    }

    /// One line of the bid history as the seller sees it.
    public record Entry(long number, String bidder, long price, String leader, Instant at) {}

    /// The closed auction. The winner is absent when nobody won.
    public record End(
            boolean closed,
            long bidCount,
            long price,
            @Nullable String winner,
            Instant endsAt) {}

    /// The properties of a right auction.
    public enum Property {
        /// No bid is accepted at or after the end, nor once anybody has been told that bidding has ended.
        NOTHING_AFTER_THE_END,
        /// In the order of bid numbers the price never falls.
        PRICE_NEVER_FALLS,
        /// Bids are numbered from 1 without a gap, up to the count of the auction.
        NUMBERED_WITHOUT_GAPS,
        /// Every acknowledged bid is in the history exactly once, as it was acknowledged.
        NOTHING_ACKNOWLEDGED_IS_LOST,
        /// Every bid in the history was acknowledged, or its answer was lost.
        NOTHING_REFUSED_IS_KEPT,
        /// Price and leader after each bid, and the winner, are what the published rules give.
        RULES_ARE_KEPT,
        /// There is one order of all bids that explains every answer and agrees with real time.
        ONE_ORDER_EXPLAINS_ALL
    }

    /// A property that does not hold, and where.
    public record Violation(Property property, String what) {}

    /// All violations found; empty for a right auction.
    public List<Violation> violations() {
        Check check = new Check(this);
        check.end();
        check.numbersAndPrices();
        check.acknowledged();
        Optional<PublishedRules> replayed = check.rules();
        replayed.ifPresent(check::order);
        return List.copyOf(check.found);
    }

    public long accepted() {
        return attempts.stream()
                .filter(a -> a.reply() instanceof Reply.Accepted)
                .count();
    }

    private static final class Check {
        final List<Violation> found = new ArrayList<>();
        final BidHistory history;
        final List<Entry> entries;
        final Map<Long, Attempt> acknowledged = new HashMap<>();

        Check(BidHistory history) {
            this.history = history;
            this.entries = history.entries().stream()
                    .sorted(Comparator.comparingLong(Entry::number))
                    .toList();
        }

        void add(Property property, String what) {
            found.add(new Violation(property, what));
        }

        void end() {
            Instant endsAt = history.end().endsAt();
            if (!history.end().closed()) {
                add(Property.NOTHING_AFTER_THE_END, "the auction was never closed");
            }
            long firstEnded = Long.MAX_VALUE;
            for (Attempt attempt : history.attempts()) {
                if (attempt.reply() instanceof Reply.Ended) {
                    firstEnded = Math.min(firstEnded, attempt.answered());
                }
            }
            for (Attempt attempt : history.attempts()) {
                if (attempt.reply() instanceof Reply.Accepted accepted) {
                    if (!accepted.at().isBefore(endsAt)) {
                        add(Property.NOTHING_AFTER_THE_END, attempt + " was accepted at or after " + endsAt);
                    }
                    if (attempt.invoked() > firstEnded) {
                        add(Property.NOTHING_AFTER_THE_END, attempt + " began after somebody was told of the end");
                    }
                    if (accepted.number() > history.end().bidCount()) {
                        add(Property.NOTHING_AFTER_THE_END, attempt + " is beyond the final count");
                    }
                }
            }
            entries.stream()
                    .filter(entry -> !entry.at().isBefore(endsAt))
                    .forEach(entry -> add(Property.NOTHING_AFTER_THE_END, entry + " is at or after " + endsAt));
        }

        void numbersAndPrices() {
            long price = 0;
            for (int i = 0; i < entries.size(); i++) {
                Entry entry = entries.get(i);
                if (entry.number() != i + 1) {
                    add(Property.NUMBERED_WITHOUT_GAPS, entry + " should be number " + (i + 1));
                }
                if (entry.price() < price) {
                    add(Property.PRICE_NEVER_FALLS, entry + " is below " + price);
                }
                price = entry.price();
            }
            if (history.end().bidCount() != entries.size()) {
                add(
                        Property.NUMBERED_WITHOUT_GAPS,
                        "the auction counts " + history.end().bidCount() + " bids, its history has " + entries.size());
            }
        }

        void acknowledged() {
            Map<Long, Entry> byNumber = new HashMap<>();
            entries.forEach(entry -> byNumber.put(entry.number(), entry));
            for (Attempt attempt : history.attempts()) {
                if (attempt.reply() instanceof Reply.Accepted accepted) {
                    Entry entry = byNumber.get(accepted.number());
                    if (acknowledged.putIfAbsent(accepted.number(), attempt) != null) {
                        add(Property.NOTHING_ACKNOWLEDGED_IS_LOST, "two bids were told number " + accepted.number());
                    } else if (entry == null || !same(entry, attempt, accepted)) {
                        add(Property.NOTHING_ACKNOWLEDGED_IS_LOST, attempt + " is in the history as " + entry);
                    }
                }
            }
            for (Entry entry : entries) {
                if (!acknowledged.containsKey(entry.number())) {
                    Attempt lost = lost(entry);
                    if (lost == null) {
                        add(Property.NOTHING_REFUSED_IS_KEPT, entry + " was acknowledged to nobody");
                    } else {
                        acknowledged.put(entry.number(), lost);
                    }
                }
            }
        }

        private static boolean same(Entry entry, Attempt attempt, Reply.Accepted accepted) {
            return entry.bidder().equals(attempt.bidder())
                    && entry.price() == accepted.price()
                    && entry.leader().equals(attempt.bidder()) == accepted.leads()
                    && entry.at().equals(accepted.at());
        }

        /// The one bid of this bidder without an answer; with two of them nobody can tell which it was.
        private @Nullable Attempt lost(Entry entry) {
            List<Attempt> lost = history.attempts().stream()
                    .filter(a -> a.reply() instanceof Reply.Lost && a.bidder().equals(entry.bidder()))
                    .toList();
            return lost.size() == 1 ? lost.getFirst() : null;
        }

        /// The accepted bids by the published rules, or nothing when they cannot be followed to the end.
        Optional<PublishedRules> rules() {
            PublishedRules rules = new PublishedRules(history.startPrice(), history.reserve());
            for (Entry entry : entries) {
                Attempt attempt = acknowledged.get(entry.number());
                if (attempt == null) {
                    return Optional.empty();
                }
                if (attempt.maximum() < rules.now().minimum(attempt.bidder())) {
                    add(
                            Property.RULES_ARE_KEPT,
                            attempt + " was below the minimum of " + rules.now().minimum(attempt.bidder()));
                    return Optional.empty();
                }
                PublishedRules.Standing now = rules.take(attempt.bidder(), attempt.maximum());
                if (now.price() != entry.price() || !entry.leader().equals(now.leader())) {
                    add(Property.RULES_ARE_KEPT, entry + " should stand at " + now);
                }
            }
            PublishedRules.Standing last = rules.standings().getLast();
            boolean sold = last.leader() != null && last.price() >= history.reserve();
            String winner = sold ? last.leader() : null;
            if (last.price() != history.end().price()
                    || !Optional.ofNullable(winner)
                            .equals(Optional.ofNullable(history.end().winner()))) {
                add(Property.RULES_ARE_KEPT, history.end() + " should have ended with " + last);
            }
            return Optional.of(rules);
        }

        /// Bid numbers already are an order of the accepted bids: it has to agree with real time, and each
        /// refusal has to fit between two of them within the time its client waited for it.
        void order(PublishedRules rules) {
            TreeMap<Long, Long> answeredBefore = new TreeMap<>();
            TreeMap<Long, Long> invokedAfter = new TreeMap<>();
            for (Attempt attempt : history.attempts()) {
                if (attempt.reply() instanceof Reply.Accepted accepted) {
                    answeredBefore.merge(attempt.answered(), accepted.number(), Math::max);
                    invokedAfter.merge(attempt.invoked(), accepted.number(), Math::min);
                }
            }
            accumulate(answeredBefore, answeredBefore.keySet(), Math::max);
            accumulate(invokedAfter, invokedAfter.descendingKeySet(), Math::min);
            for (Attempt attempt : history.attempts()) {
                Map.Entry<Long, Long> before = answeredBefore.lowerEntry(attempt.invoked());
                Map.Entry<Long, Long> after = invokedAfter.higherEntry(attempt.answered());
                long from = before == null ? 0 : before.getValue();
                long to = after == null ? entries.size() : after.getValue() - 1;
                boolean fits = switch (attempt.reply()) {
                    case Reply.Accepted accepted -> accepted.number() > from && accepted.number() <= to;
                    case Reply.TooLow(long minimum) -> explained(rules, attempt, minimum, from, to);
                    case Reply.Ended _, Reply.Lost _ -> true;
                };
                if (!fits) {
                    add(Property.ONE_ORDER_EXPLAINS_ALL, attempt + " fits nowhere from bid " + from + " to bid " + to);
                }
            }
        }

        private static void accumulate(Map<Long, Long> numbers, Iterable<Long> times, LongBinaryOperator both) {
            Long last = null;
            for (Long time : times) {
                long own = numbers.getOrDefault(time, 0L);
                last = last == null ? own : both.applyAsLong(last, own);
                numbers.put(time, last);
            }
        }

        private static boolean explained(PublishedRules rules, Attempt attempt, long minimum, long from, long to) {
            List<PublishedRules.Standing> standings = rules.standings();
            for (long taken = from; taken <= Math.min(to, standings.size() - 1L); taken++) {
                if (standings.get((int) taken).minimum(attempt.bidder()) == minimum && attempt.maximum() < minimum) {
                    return true;
                }
            }
            return false;
        }
    }
}
