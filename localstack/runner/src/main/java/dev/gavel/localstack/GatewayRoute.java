package dev.gavel.localstack;

import java.util.Comparator;
import java.util.Set;
import java.util.regex.Pattern;

/// One way through the gateway: requests with one of the methods (none named: any) and a path like this one go to the
/// Service of that name.
record GatewayRoute(String id, Set<String> methods, PathMatch path, String service) {

    /// The order in which the Gateway API prefers routes: exact paths, then the longest expression, then the longest
    /// prefix.
    static final Comparator<GatewayRoute> MOST_SPECIFIC_FIRST = Comparator.comparing(GatewayRoute::kind)
            .thenComparing(route -> -route.path().length())
            .thenComparing(GatewayRoute::id);

    boolean takes(String method) {
        return methods.isEmpty() || methods.contains(method);
    }

    private int kind() {
        return switch (path) {
            case PathMatch.Exact _ -> 0;
            case PathMatch.Expression _ -> 1;
            case PathMatch.Prefix _ -> 2;
        };
    }

    /// What a path has to look like; paths are compared as they were sent, without decoding.
    sealed interface PathMatch {

        boolean matches(String path);

        int length();

        /// This very path.
        record Exact(String value) implements PathMatch {
            @Override
            public boolean matches(String path) {
                return path.equals(value);
            }

            @Override
            public int length() {
                return value.length();
            }
        }

        /// A path that begins as this expression says, which is how Kong reads it; it ends where a `$` says so.
        record Expression(Pattern pattern) implements PathMatch {
            @Override
            public boolean matches(String path) {
                return pattern.matcher(path).lookingAt();
            }

            @Override
            public int length() {
                return pattern.pattern().length();
            }
        }

        /// A path of which these are the first elements.
        record Prefix(String value) implements PathMatch {
            @Override
            public boolean matches(String path) {
                String elements = value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
                return path.equals(elements) || path.startsWith(elements + "/");
            }

            @Override
            public int length() {
                return value.length();
            }
        }
    }
}
