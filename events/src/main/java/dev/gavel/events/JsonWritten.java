package dev.gavel.events;

import tools.jackson.core.JsonGenerator;

/// A value that writes itself as JSON, as Jackson's binding would: for what a first request waits for, as the binding
/// has to look at a record first. [JsonStreams#bytes] and [JsonStreams#text] know it, and a test of each compares the
/// two.
public interface JsonWritten {

    /// Writes one whole value.
    void writeTo(JsonGenerator json);
}
