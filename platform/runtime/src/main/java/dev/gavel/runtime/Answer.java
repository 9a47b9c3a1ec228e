package dev.gavel.runtime;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What goes back over HTTP, and how it counts in logs and metrics.
record Answer(
        int status,
        @Nullable String contentType,
        byte[] body,
        String cacheControl,
        Map<String, String> headers,
        Meters.Result result) {

    static final String JSON = "application/json";
    static final String NO_STORE = "no-store";
    private static final byte[] NOTHING = new byte[0];

    static Answer json(int status, byte[] body, String cacheControl, Meters.Result result) {
        return new Answer(status, JSON, body, cacheControl, Map.of(), result);
    }

    static Answer empty(int status, Meters.Result result) {
        return new Answer(status, null, NOTHING, NO_STORE, Map.of(), result);
    }

    static Answer text(int status, String contentType, byte[] body) {
        return new Answer(status, contentType, body, NO_STORE, Map.of(), Meters.Result.ACCEPTED);
    }

    /// The same with one more header.
    Answer with(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new Answer(status, contentType, body, cacheControl, more, result);
    }

    /// This answer, or 304 without a body when whoever asks has it already.
    ///
    /// @param known what `If-None-Match` says: the tags of answers that are known
    Answer unlessKnown(@Nullable String known) {
        String tag = headers.get("etag");
        boolean same = tag != null
                && known != null
                && (known.strip().equals("*")
                        || List.of(known.split("[\\s,]+")).stream()
                                .anyMatch(one -> one.equals(tag) || one.equals("W/" + tag)));
        return same ? new Answer(304, null, NOTHING, cacheControl, headers, result) : this;
    }

    Answer as(Meters.Result other) {
        return new Answer(status, contentType, body, cacheControl, headers, other);
    }
}
