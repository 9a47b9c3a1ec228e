package dev.gavel.localstack;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/// How the bidders of the demo market decide: where to bid next, and how much. Amounts are won.
final class DemoAppetite {

    private final RandomGenerator random;

    DemoAppetite(RandomGenerator random) {
        this.random = random;
    }

    /// How much attention an auction gets: the nearer its end, the more.
    static int weight(Duration left) {
        if (left.compareTo(Duration.ofMinutes(2)) <= 0) {
            return 16;
        }
        return left.compareTo(Duration.ofMinutes(6)) <= 0 ? 8 : left.compareTo(Duration.ofMinutes(12)) <= 0 ? 3 : 1;
    }

    /// One of them at random, by their weights; they must not be empty nor all zero.
    int choose(List<Integer> weights) {
        int point = random.nextInt(weights.stream().mapToInt(Integer::intValue).sum());
        for (int i = 0; i < weights.size(); i++) {
            point -= weights.get(i);
            if (point < 0) {
                return i;
            }
        }
        throw new IllegalStateException("weights changed meanwhile");
    }

    /// What the bidders of one auction believe the thing is worth at most: 85 to 110 % of what such things are worth,
    /// always the same for the same auction.
    static long believable(long worth, String auctionId) {
        return worth * (85 + Math.floorMod(auctionId.hashCode(), 26)) / 100;
    }

    /// The amount to bid, or nothing when the least that can be bid is more than anybody believes.
    OptionalLong amount(long minimum, long believable) {
        if (minimum > believable) {
            return OptionalLong.empty();
        }
        long step = step(minimum);
        long wanted = minimum + step * random.nextInt(4);
        long round = (wanted + step - 1) / step * step;
        return OptionalLong.of(round <= believable ? round : minimum);
    }

    /// The steps people think in.
    private static long step(long price) {
        return price < 20_000 ? 500 : price < 100_000 ? 1_000 : price < 300_000 ? 2_000 : 5_000;
    }
}
