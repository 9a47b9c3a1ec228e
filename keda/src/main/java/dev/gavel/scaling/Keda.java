package dev.gavel.scaling;

import dev.gavel.scaling.Trigger.Look;
import java.util.List;

/// KEDA and the HPA it keeps, for one ScaledObject: KEDA takes the target from 0 and to 0, the HPA
/// does the rest (KEDA 2.20 documentation, "Scaling Deployments, StatefulSets & Custom Resources";
/// pkg/scaling/executor).
final class Keda {

    private final Scaler scaler;
    private final Hpa hpa;
    private double lastActive;
    private int replicas;

    /// @param replicas there are at the beginning
    Keda(Scaler scaler, int replicas) {
        this.scaler = scaler;
        this.hpa = scaler.hpa();
        this.replicas = replicas;
        this.lastActive = scaler.initialCooldownSeconds() - scaler.cooldownSeconds();
    }

    int replicas() {
        return replicas;
    }

    /// Lets one second pass; returns how many replicas are wanted after it.
    ///
    /// @param second since the beginning, each one once
    int tick(long second, Look look) {
        if (second % scaler.pollingSeconds() == 0) {
            poll(second, look);
        }
        if (second % Hpa.SYNC_SECONDS == 0) {
            List<Hpa.Metric> metrics = scaler.triggers().stream()
                    .map(trigger -> new Hpa.Metric(trigger.value(look), trigger.target()))
                    .toList();
            boolean resting = idle() && replicas == rest();
            replicas = resting ? replicas : hpa.sync(second, replicas, metrics);
        }
        return replicas;
    }

    private void poll(long second, Look look) {
        if (scaler.triggers().stream().anyMatch(trigger -> trigger.active(look))) {
            lastActive = second;
            if (replicas == 0 || idle() && replicas == rest()) {
                replicas = Math.max(1, scaler.min());
            }
        } else if (rest() == 0 || idle()) {
            if (replicas > rest() && second - lastActive >= scaler.cooldownSeconds()) {
                replicas = rest();
            }
        } else if (replicas < scaler.min()) {
            replicas = scaler.min();
        }
    }

    private boolean idle() {
        return scaler.idle() != null;
    }

    private int rest() {
        Integer idle = scaler.idle();
        return idle == null ? scaler.min() : idle;
    }
}
