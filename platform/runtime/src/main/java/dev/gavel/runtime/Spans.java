package dev.gavel.runtime;

import java.io.IOException;
import java.util.List;

/// Where spans go: whatever keeps and shows traces.
@FunctionalInterface
interface Spans {

    /// Returns when they were taken; bounded in time.
    ///
    /// @throws IOException when they were not
    /// @throws InterruptedException when whoever waits no longer wants to
    void send(List<Span.Ended> spans) throws IOException, InterruptedException;
}
