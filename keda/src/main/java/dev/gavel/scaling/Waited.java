package dev.gavel.scaling;

import java.util.Comparator;
import java.util.List;

/// So many requests that waited so long.
record Waited(double seconds, double count) {

    /// What a share of all requests does not exceed; 0 without any.
    static double quantile(List<Waited> all, double share) {
        double rest = share * all.stream().mapToDouble(Waited::count).sum();
        double seconds = 0;
        for (Waited waited :
                all.stream().sorted(Comparator.comparingDouble(Waited::seconds)).toList()) {
            seconds = waited.seconds();
            rest -= waited.count();
            if (rest <= 1e-9) {
                break;
            }
        }
        return seconds;
    }
}
