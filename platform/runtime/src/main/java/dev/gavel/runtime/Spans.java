package dev.gavel.runtime;

import java.io.IOException;
import java.util.List;

/// Where spans go: whatever keeps and shows traces.
interface Spans extends AutoCloseable {

    /// Returns when they were taken; bounded in time.
    ///
    /// @throws IOException when they were not
    void send(List<Span.Ended> spans) throws IOException, InterruptedException;

    @Override
    default void close() {}
}
