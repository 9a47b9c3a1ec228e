package dev.gavel.scaling;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// One evening under one scaler, second by second: requests arrive and wait in a line, replicas that
/// are ready take from its front.
final class Simulation {

    /// A second.
    ///
    /// @param replicas that are wanted and paid for
    /// @param ready of them
    /// @param lag as the scaler sees it
    /// @param waiting seconds for whoever was served last, so far
    record Moment(int replicas, int ready, double arrivals, double lag, double waiting) {}

    /// @param waitingP99 seconds from the arrival to the end, which 99 of 100 requests do not exceed
    /// @param longest seconds somebody waited
    /// @param pricePerHour on the average
    /// @param left requests nobody had got to at the end
    record Result(
            List<Moment> moments,
            double waitingP99,
            double longest,
            double largestLag,
            int mostReplicas,
            double pricePerHour,
            double left) {}

    private record Cohort(long second, double count) {}

    private final Scaler scaler;
    private final Workload workload;
    private final Evening evening;
    private final String arrivals;

    /// @param arrivals the column of requests a second
    Simulation(Scaler scaler, Workload workload, Evening evening, String arrivals) {
        this.scaler = scaler;
        this.workload = workload;
        this.evening = evening;
        this.arrivals = arrivals;
    }

    Result run() {
        Keda keda = new Keda(scaler, scaler.min());
        // The beginning is what was there before: nobody has to come first.
        Deque<Long> starts = new ArrayDeque<>();
        for (int i = 0; i < keda.replicas(); i++) {
            starts.addLast((long) -workload.coldStartSeconds());
        }
        Deque<Cohort> line = new ArrayDeque<>();
        List<Moment> moments = new ArrayList<>();
        List<Waited> waited = new ArrayList<>();
        double waiting = 0;
        double uncommitted = 0;
        long replicaSeconds = 0;
        for (long second = 0; second < evening.seconds(); second++) {
            double arrived = evening.number(arrivals, second);
            if (arrived > 0) {
                line.addLast(new Cohort(second, arrived));
                waiting += arrived;
            }
            long now = second;
            int ready = (int) starts.stream()
                    .filter(start -> start + workload.coldStartSeconds() <= now)
                    .count();
            double taken = Math.min(waiting, workload.capacity(ready));
            double last = serve(line, taken, second, waited);
            waiting = Math.max(0, waiting - taken);
            uncommitted = second % Workload.commitSeconds() == 0 ? taken : uncommitted + taken;
            double inFlight = Math.min(taken, taken * workload.serviceSeconds());
            double lag = waiting + uncommitted;
            int wanted = keda.tick(
                    second, new Trigger.Look(evening.at(second), waiting, inFlight, lag, evening.gauges(second)));
            while (starts.size() < wanted) {
                starts.addLast(second);
            }
            while (starts.size() > wanted) {
                starts.removeLast();
            }
            replicaSeconds += starts.size();
            moments.add(new Moment(starts.size(), ready, arrived, lag, last));
        }
        line.forEach(cohort -> waited.add(new Waited(evening.seconds() - cohort.second(), cohort.count())));
        return new Result(
                List.copyOf(moments),
                Waited.quantile(waited, 0.99),
                Waited.quantile(waited, 1),
                moments.stream().mapToDouble(Moment::lag).max().orElse(0),
                moments.stream().mapToInt(Moment::replicas).max().orElse(0),
                replicaSeconds * workload.pricePerHour() / evening.seconds(),
                waiting);
    }

    /// Takes so many from the front; returns how long the last of them has waited.
    private double serve(Deque<Cohort> line, double taken, long second, List<Waited> waited) {
        double rest = taken;
        double last = 0;
        while (rest > 1e-9 && !line.isEmpty()) {
            Cohort first = line.removeFirst();
            double part = Math.min(rest, first.count());
            last = second - first.second() + workload.serviceSeconds();
            waited.add(new Waited(last, part));
            rest -= part;
            if (first.count() - part > 1e-9) {
                line.addFirst(new Cohort(first.second(), first.count() - part));
            }
        }
        return last;
    }
}
