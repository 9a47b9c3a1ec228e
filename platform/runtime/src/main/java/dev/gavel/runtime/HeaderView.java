package dev.gavel.runtime;

import com.sun.net.httpserver.Headers;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The headers of a request by lower-case name, without copying them for those who do not look.
final class HeaderView extends AbstractMap<String, String> {

    private final Headers headers;

    HeaderView(Headers headers) {
        this.headers = headers;
    }

    @Override
    public @Nullable String get(@Nullable Object name) {
        return name instanceof String text && text.equals(text.toLowerCase(Locale.ROOT))
                ? headers.getFirst(text)
                : null;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        Map<String, String> copy = new LinkedHashMap<>();
        headers.forEach((name, values) -> copy.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        return copy.entrySet();
    }
}
