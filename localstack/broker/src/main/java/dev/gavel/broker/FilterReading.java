package dev.gavel.broker;

import io.cloudevents.sql.ParseException;
import io.cloudevents.sql.Parser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Reads the filters of a Trigger: `filters`, or the older `filter.attributes` when there are none.
final class FilterReading {
    private static final String DIALECTS = "exact, prefix, suffix, all, any, not, cesql";

    private FilterReading() {}

    static Filter of(Fields spec) {
        var filters = spec.list("filters");
        if (!filters.isEmpty()) {
            return all(filters);
        }
        return spec.optionalMap("filter")
                .map(filter -> filter.only("attributes"))
                .flatMap(filter -> filter.optionalMap("attributes"))
                .<Filter>map(attributes -> new Filter.Attributes(attributes.texts()))
                .orElseGet(() -> new Filter.All(List.of()));
    }

    private static Filter all(List<Fields> filters) {
        return filters.size() == 1 ? one(filters.getFirst()) : new Filter.All(each(filters));
    }

    private static List<Filter> each(List<Fields> filters) {
        return filters.stream().map(FilterReading::one).collect(Collectors.toCollection(ArrayList::new));
    }

    private static Filter one(Fields filter) {
        if (filter.keys().size() != 1) {
            throw filter.wrong(
                    String.join(" and ", filter.keys()),
                    "stand in one filter: one filter speaks one dialect of " + DIALECTS
                            + "; put them in a list under 'all' instead");
        }
        var dialect = filter.keys().iterator().next();
        return switch (dialect) {
            case "exact" -> new Filter.Exact(attributes(filter, dialect));
            case "prefix" -> new Filter.Prefix(attributes(filter, dialect));
            case "suffix" -> new Filter.Suffix(attributes(filter, dialect));
            case "all" -> new Filter.All(each(nested(filter, dialect)));
            case "any" -> new Filter.Any(each(nested(filter, dialect)));
            case "not" -> new Filter.Not(one(filter.map(dialect)));
            case "cesql" -> cesql(filter);
            default -> throw filter.wrong(dialect, "is not a filter dialect; use one of " + DIALECTS);
        };
    }

    private static List<Fields> nested(Fields filter, String dialect) {
        var nested = filter.list(dialect);
        if (nested.isEmpty()) {
            throw filter.wrong(dialect, "needs at least one filter");
        }
        return nested;
    }

    private static Map<String, String> attributes(Fields filter, String dialect) {
        var attributes = filter.map(dialect).texts();
        if (attributes.isEmpty() || attributes.containsValue("")) {
            throw filter.wrong(dialect, "needs attributes, each with a text to compare with");
        }
        return Map.copyOf(attributes);
    }

    private static Filter cesql(Fields filter) {
        var text = filter.text("cesql");
        try {
            return new Filter.Cesql(text, Parser.parseDefault(text));
        } catch (ParseException e) {
            throw (WrongManifest) filter.wrong("cesql", "is not CloudEvents SQL: " + e.getMessage())
                    .initCause(e);
        } catch (NullPointerException e) {
            // What SDK 4.0.1 throws when a token is one too many.
            throw (WrongManifest)
                    filter.wrong("cesql", "is not CloudEvents SQL: " + text).initCause(e);
        }
    }
}
