package dev.gavel.scaling;

/// What is scaled: how fast one replica works and how long it takes to come.
///
/// @param serviceSeconds for one request
/// @param concurrency requests a replica works on at once
/// @param coldStartSeconds from being wanted to the first request: image, process, contract,
/// assignment
/// @param partitions of the topic, 0 when there is none: more consumers get nothing to do
/// @param ordered whether each partition has one request under way at most, however many consumers
/// there are
/// @param pricePerHour of a replica, in any currency
record Workload(
        double serviceSeconds,
        double concurrency,
        int coldStartSeconds,
        int partitions,
        boolean ordered,
        double pricePerHour) {

    private static final int COMMIT_SECONDS = 5;

    Workload {
        if (!(serviceSeconds > 0) || !(concurrency > 0) || coldStartSeconds < 0 || partitions < 0) {
            throw new IllegalArgumentException("A workload needs a service time and a concurrency above 0,"
                    + " and a cold start and partitions of 0 or more.");
        }
        if (ordered && partitions == 0) {
            throw new IllegalArgumentException("A workload that is ordered needs its partitions.");
        }
    }

    /// Requests a second.
    double capacity(int ready) {
        double inFlight = (partitions == 0 ? ready : Math.min(ready, partitions)) * concurrency;
        return (ordered ? Math.min(inFlight, partitions) : inFlight) / serviceSeconds;
    }

    /// How often offsets are committed: until then what is finished counts as lag
    /// (`auto.commit.interval.ms`).
    static int commitSeconds() {
        return COMMIT_SECONDS;
    }
}
