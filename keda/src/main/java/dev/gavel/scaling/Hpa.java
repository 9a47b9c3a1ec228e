package dev.gavel.scaling;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.IntBinaryOperator;
import java.util.function.ToIntBiFunction;

/// A HorizontalPodAutoscaler as Kubernetes runs it (k8s.io/kubernetes, pkg/controller/podautoscaler,
/// 1.34), asked every 15 seconds: the largest of what the metrics want, stabilized, then limited by
/// the policies and by min and max.
final class Hpa {

    static final int SYNC_SECONDS = 15;

    /// What a metric comes to.
    ///
    /// @param value of all replicas together
    /// @param target for one replica
    record Metric(double value, double target) {

        Metric {
            if (!(target > 0) || value < 0) {
                throw new IllegalArgumentException("a metric needs a target above 0 and a value of 0 or more");
            }
        }
    }

    private record At(double second, int replicas) {}

    private final int min;
    private final int max;
    private final HpaRules up;
    private final HpaRules down;
    private final Deque<At> recommended = new ArrayDeque<>();
    private final Deque<At> added = new ArrayDeque<>();
    private final Deque<At> removed = new ArrayDeque<>();

    /// @param min at least 1: nothing but KEDA goes to 0
    Hpa(int min, int max, HpaRules up, HpaRules down) {
        if (min < 1 || max < min) {
            throw new IllegalArgumentException("an HPA needs 1 <= min <= max");
        }
        this.min = min;
        this.max = max;
        this.up = up;
        this.down = down;
    }

    /// What a metric of type AverageValue wants.
    ///
    /// @param current how many replicas there are
    int wanted(Metric metric, int current) {
        double ratio = metric.value() / (metric.target() * current);
        boolean near = 1 - down.tolerance() <= ratio && ratio <= 1 + up.tolerance();
        return near ? current : (int) Math.ceil(metric.value() / metric.target());
    }

    /// How many replicas there are after this sync.
    ///
    /// @param second since the beginning; must not go back
    /// @param current how many there are, 0 when KEDA has switched it off
    int sync(double second, int current, Collection<Metric> metrics) {
        if (current == 0) {
            return 0;
        }
        if (current < min) {
            return changed(second, current, min);
        }
        if (current > max) {
            return changed(second, current, max);
        }
        if (metrics.isEmpty()) {
            return current;
        }
        int wanted = metrics.stream()
                .mapToInt(metric -> wanted(metric, current))
                .max()
                .orElse(current);
        return changed(second, current, limited(second, current, stabilized(second, current, wanted)));
    }

    private int stabilized(double second, int current, int wanted) {
        if (recommended.isEmpty()) {
            // Who has seen nothing yet takes it that so many were wanted.
            recommended.add(new At(second, current));
        }
        int lowest = wanted;
        int highest = wanted;
        for (At past : recommended) {
            if (past.second() > second - up.stabilizationSeconds()) {
                lowest = Math.min(lowest, past.replicas());
            }
            if (past.second() > second - down.stabilizationSeconds()) {
                highest = Math.max(highest, past.replicas());
            }
        }
        forget(recommended, second - Math.max(up.stabilizationSeconds(), down.stabilizationSeconds()));
        recommended.add(new At(second, wanted));
        // Not below what everybody wanted lately, and not above what somebody did.
        return Math.min(Math.max(current, lowest), highest);
    }

    private int limited(double second, int current, int wanted) {
        if (wanted > current) {
            int limit = Math.max(current, limit(up, second, current, HpaRules.Policy::raised, true));
            return Math.min(wanted, Math.min(max, limit));
        }
        if (wanted < current) {
            int limit = Math.min(current, limit(down, second, current, HpaRules.Policy::lowered, false));
            return Math.max(wanted, Math.max(min, limit));
        }
        return wanted;
    }

    private int limit(
            HpaRules rules,
            double second,
            int current,
            ToIntBiFunction<HpaRules.Policy, Integer> allowed,
            boolean raising) {
        if (rules.select() == HpaRules.Select.DISABLED || rules.policies().isEmpty()) {
            return current;
        }
        // The largest change is the highest number on the way up, and the lowest on the way down.
        IntBinaryOperator select = raising == (rules.select() == HpaRules.Select.MAX) ? Math::max : Math::min;
        return rules.policies().stream()
                .mapToInt(policy -> {
                    double from = second - policy.periodSeconds();
                    int start = current - since(added, from) + since(removed, from);
                    return allowed.applyAsInt(policy, start);
                })
                .reduce(select)
                .orElse(current);
    }

    private int changed(double second, int before, int after) {
        if (after != before) {
            (after > before ? added : removed).add(new At(second, Math.abs(after - before)));
        }
        forget(added, second - longest(up, down));
        forget(removed, second - longest(up, down));
        return after;
    }

    private static int longest(HpaRules... all) {
        int longest = 0;
        for (HpaRules rules : all) {
            for (HpaRules.Policy policy : rules.policies()) {
                longest = Math.max(longest, policy.periodSeconds());
            }
        }
        return longest;
    }

    private static int since(Deque<At> events, double from) {
        int sum = 0;
        for (At event : events) {
            if (event.second() > from) {
                sum += event.replicas();
            }
        }
        return sum;
    }

    private static void forget(Deque<At> events, double before) {
        Iterator<At> oldest = events.iterator();
        while (oldest.hasNext() && oldest.next().second() < before) {
            oldest.remove();
        }
    }
}
