package dev.gavel.scaling;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A ScaledObject, as far as it is modelled.
///
/// @param pollingSeconds how often KEDA looks whether there is anything to do
/// @param cooldownSeconds how long there must be nothing to do before it goes to 0
/// @param idle replicas while there is nothing to do, when that is not `min`
record Scaler(
        String name,
        int pollingSeconds,
        int cooldownSeconds,
        int initialCooldownSeconds,
        @Nullable Integer idle,
        int min,
        int max,
        HpaRules up,
        HpaRules down,
        List<Trigger> triggers) {

    Scaler {
        if (pollingSeconds < 1 || min < 0 || max < Math.max(1, min)) {
            throw new IllegalArgumentException(name + ": pollingInterval must be 1 or more, and 0 <= min <= max");
        }
        triggers = List.copyOf(triggers);
        if (triggers.isEmpty()) {
            throw new IllegalArgumentException(name + " acts on nothing: it has no triggers");
        }
    }

    /// What KEDA gives its HPA, which cannot have 0.
    Hpa hpa() {
        return new Hpa(Math.max(1, min), max, up, down);
    }
}
