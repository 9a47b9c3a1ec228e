package dev.gavel.web;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// axe-core, the checker of accessibility.
final class Axe {

    private static final String SCRIPT = read();

    private Axe() {}

    /// What is seriously or critically wrong with a page as it is now, one line a rule and element.
    static List<String> violations(Page page) {
        page.evaluate(SCRIPT);
        Object found = page.evaluate("""
                async () => (await axe.run(document, {resultTypes: ['violations']})).violations
                    .filter(({impact}) => ['serious', 'critical'].includes(impact))
                    .flatMap(({id, nodes}) => nodes.map(({target, failureSummary}) => `${id} at ${target.join(' ')}: ${failureSummary}`))
                """);
        return ((List<?>) found).stream().map(String::valueOf).toList();
    }

    private static String read() {
        try (InputStream script = Axe.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(script, "axe.min.js").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
