package dev.gavel.localstack;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// As much of Prometheus' query language as it takes to find the metrics a query names.
final class PromQl {

    private static final Set<String> WITH_LABELS =
            Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "offset", "bool", "inf", "nan");

    /// Texts, selectors of labels, ranges, durations and numbers, variables of Grafana, names, and the rest.
    private static final Pattern TOKEN = Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*'|\\$\\{?\\w+}?"
            + "|[0-9][0-9A-Za-z.]*|(?<name>[A-Za-z_:][A-Za-z0-9_:]*)|(?<mark>[{}\\[\\]()])|\\s+|.");

    private PromQl() {}

    static Set<String> metrics(String query) {
        Set<String> metrics = new TreeSet<>();
        Matcher token = TOKEN.matcher(query);
        int selector = 0;
        int labels = 0;
        boolean labelsNext = false;
        while (token.find()) {
            String mark = token.group("mark");
            String name = token.group("name");
            if (mark != null) {
                switch (mark) {
                    case "{", "[" -> selector++;
                    case "}", "]" -> selector--;
                    case "(" -> {
                        labels = labels > 0 || labelsNext ? labels + 1 : 0;
                        labelsNext = false;
                    }
                    default -> labels = Math.max(0, labels - 1);
                }
            } else if (name != null && selector == 0 && labels == 0) {
                if (WITH_LABELS.contains(name)) {
                    labelsNext = true;
                } else if (!WORDS.contains(name) && !called(query, token.end())) {
                    metrics.add(name);
                }
            }
        }
        return metrics;
    }

    /// A function, or an aggregation like `sum by (…)`.
    private static boolean called(String query, int from) {
        return query.substring(from).stripLeading().matches("(?s)(\\(|(by|without)\\b).*");
    }
}
