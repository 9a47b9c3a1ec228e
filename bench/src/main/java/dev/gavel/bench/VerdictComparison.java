package dev.gavel.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The auctions on which a system and the oracle disagree, by winner or by price.
record VerdictComparison(List<Difference> differences) {

    private static final int SHOWN = 10;

    record Difference(long auction, Verdict expected, Verdict found) {}

    /// Compares every auction the oracle knows; one the system says nothing about differs.
    static VerdictComparison of(Map<Long, Verdict> expected, Map<Long, Verdict> found) {
        List<Difference> differences = new ArrayList<>();
        new TreeMap<>(expected).forEach((auction, verdict) -> {
            Verdict other = found.getOrDefault(auction, new Verdict.Unclear("unknown to the system"));
            if (!verdict.equals(other)) {
                differences.add(new Difference(auction, verdict, other));
            }
        });
        return new VerdictComparison(List.copyOf(differences));
    }

    int mismatches() {
        return differences.size();
    }

    /// The first few differences as a table for people.
    String table() {
        StringBuilder table = new StringBuilder(String.format("%-10s %-34s %s%n", "auction", "expected", "found"));
        differences.stream()
                .limit(SHOWN)
                .forEach(d -> table.append(String.format("%-10d %-34s %s%n", d.auction(), d.expected(), d.found())));
        if (differences.size() > SHOWN) {
            table.append("… and ").append(differences.size() - SHOWN).append(" more");
        }
        return table.toString().stripTrailing();
    }
}
