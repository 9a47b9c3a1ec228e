package dev.gavel.events;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/// The one way Gavel reads and writes JSON: ISO 8601 instants, nothing missing and no null where a record
/// demands a value, numbers and texts of bounded length and nesting.
public final class Json {

    /// Reads what we published ourselves: unknown members are ignored, so that old readers understand newer
    /// facts.
    public static final JsonMapper FACTS = mapper(false);

    /// Reads what a caller sent: an unknown member is an error, so that a typo is not silently ignored.
    public static final JsonMapper REQUESTS = mapper(true);

    private Json() {}

    private static JsonMapper mapper(boolean strict) {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(32)
                        .maxNumberLength(40)
                        .maxStringLength(256 * 1024)
                        .maxNameLength(200)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        return JsonMapper.builder(factory)
                .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, strict)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(EnumFeature.READ_ENUMS_USING_TO_STRING)
                .build();
    }
}
