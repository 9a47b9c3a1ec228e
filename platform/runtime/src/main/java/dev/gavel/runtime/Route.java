package dev.gavel.runtime;

import dev.gavel.events.Json;
import dev.gavel.events.JsonStreams;
import dev.gavel.events.JsonWritten;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectWriter;

/// Everything about one resource route that can be known before the first request.
final class Route {

    private static final String[] NO_VARIABLES = {};

    private final Catalogue.Entry entry;
    private final Catalogue.Resource resource;
    // A literal segment, or null where a variable stands.
    private final @Nullable String[] segments;
    private final int variables;
    private final CommandReader reader;
    private volatile @Nullable ObjectWriter writer;
    private final String cacheControl;
    private final Calls calls;

    Route(Catalogue.Entry entry, Catalogue.Resource resource, Form form, Calls calls) {
        this.entry = entry;
        this.resource = resource;
        this.calls = calls;
        List<String> names = new ArrayList<>();
        String[] parts = resource.path().substring(1).split("/");
        segments = new @Nullable String[parts.length];
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].startsWith("{")) {
                names.add(parts[i].substring(1, parts[i].length() - 1));
            } else {
                segments[i] = parts[i];
            }
        }
        variables = names.size();
        reader = new CommandReader(entry.bean(), form, names);
        cacheControl = "GET".equals(resource.method()) && resource.cacheSeconds() > 0
                ? "public, max-age=" + resource.cacheSeconds()
                : Answer.NO_STORE;
    }

    Catalogue.Entry entry() {
        return entry;
    }

    Catalogue.Resource resource() {
        return resource;
    }

    CommandReader reader() {
        return reader;
    }

    Calls calls() {
        return calls;
    }

    boolean takes(String method) {
        return resource.method().equals(method) || "HEAD".equals(method) && "GET".equals(resource.method());
    }

    /// The decoded values of the path variables, or null when the path is another.
    String @Nullable [] match(String path) {
        String[] values = variables == 0 ? NO_VARIABLES : new String[variables];
        int found = 0;
        int start = 1;
        for (int i = 0; i < segments.length; i++) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            boolean last = i == segments.length - 1;
            if (last != slash < 0 || start > path.length()) {
                return null;
            }
            String literal = segments[i];
            if (literal == null) {
                if (start == end) {
                    return null;
                }
                values[found++] = decoded(path.substring(start, end));
            } else if (literal.length() != end - start || !path.startsWith(literal, start)) {
                return null;
            }
            start = end + 1;
        }
        return values;
    }

    // In a path, unlike in a query, a plus is a plus.
    private static String decoded(String segment) {
        return segment.indexOf('%') < 0 ? segment : CommandReader.decode(segment.replace("+", "%2B"));
    }

    /// The answer of an accepted call; one that may be kept has an `ETag`, the digest of its body, so that a cache can
    /// ask whether it still holds.
    Answer accepted(Object value) {
        if (resource.success() == 204) {
            return Answer.empty(204, Meters.Result.ACCEPTED);
        }
        byte[] body = value instanceof JsonWritten ? JsonStreams.bytes(value) : writer().writeValueAsBytes(value);
        Answer answer = Answer.json(resource.success(), body, cacheControl, Meters.Result.ACCEPTED);
        return cacheControl.equals(Answer.NO_STORE) ? answer : answer.with("etag", etag(body));
    }

    private ObjectWriter writer() {
        ObjectWriter known = writer;
        if (known == null) {
            known = Json.MAPPER.writerFor(Json.MAPPER.constructType(entry.answer()));
            writer = known;
        }
        return known;
    }

    /// Gets ready what the binding of JSON is needed for.
    void warm() {
        reader.warm();
        writer();
    }

    private static String etag(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 15)) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
