package dev.gavel.scaling;

import java.util.List;

/// One direction of an HPA's `behavior` (Kubernetes documentation, "Horizontal Pod Autoscaling",
/// "Configurable scaling behavior").
///
/// @param stabilizationSeconds of what the recommendations of so many seconds agree on
/// @param policies how much may change in how long; without any, nothing may
/// @param select which of the policies counts
/// @param tolerance how far the metric may be off before anything happens, 0.1 for 10 %
record HpaRules(int stabilizationSeconds, List<Policy> policies, Select select, double tolerance) {

    static final double TOLERANCE = 0.1;

    /// Of an HPA without any `behavior`: twice as many, and at least 4, at every sync.
    static final HpaRules WITHOUT_BEHAVIOR = new HpaRules(
            0, List.of(new Policy(Kind.PERCENT, 100, 15), new Policy(Kind.UP_TO, 4, 15)), Select.MAX, TOLERANCE);

    /// What counts where a `behavior` says nothing of a direction.
    static final HpaRules DEFAULT_UP = new HpaRules(
            0, List.of(new Policy(Kind.PERCENT, 100, 15), new Policy(Kind.PODS, 4, 15)), Select.MAX, TOLERANCE);

    static final HpaRules DEFAULT_DOWN =
            new HpaRules(300, List.of(new Policy(Kind.PERCENT, 100, 15)), Select.MAX, TOLERANCE);

    enum Select {
        MAX,
        MIN,
        DISABLED
    }

    enum Kind {
        PODS,
        PERCENT,
        UP_TO
    }

    /// So many pods, or per cent of the pods there were, in so many seconds.
    record Policy(Kind kind, int value, int periodSeconds) {

        int raised(int start) {
            return switch (kind) {
                case PODS -> start + value;
                case PERCENT -> (int) Math.ceil(start * (1 + value / 100.0));
                case UP_TO -> value;
            };
        }

        int lowered(int start) {
            return kind == Kind.PODS ? start - value : (int) (start * (1 - value / 100.0));
        }
    }

    HpaRules {
        if (stabilizationSeconds < 0 || stabilizationSeconds > 3600) {
            throw new IllegalArgumentException("stabilizationWindowSeconds must be from 0 to 3600");
        }
        policies = List.copyOf(policies);
    }
}
