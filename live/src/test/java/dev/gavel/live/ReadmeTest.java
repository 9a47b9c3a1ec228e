package dev.gavel.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.runtime.CannotStart;
import dev.gavel.runtime.Tracer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    private static final Map<String, String> REQUIRED = Map.of(
            "KAFKA_BOOTSTRAP_SERVERS",
            "127.0.0.1:9092",
            "GAVEL_GET_AUCTION_URL",
            "http://127.0.0.1:1",
            "GAVEL_REPLAY_AUCTION_URL",
            "http://127.0.0.1:1",
            "GAVEL_ORIGINS",
            "https://gavel.dev",
            "GAVEL_JWKS_URL",
            "http://127.0.0.1:1");
    private static final Pattern SETTING = Pattern.compile("`((?:GAVEL_|KAFKA_|OTEL_|REDIS_|PORT)[A-Z_]*)`");
    private static final Pattern METRIC = Pattern.compile("`(gavel_(?:live|spans)_[a-z_]+)`");

    @Test
    void theReadmeNamesEverySettingAndNoOther() throws IOException {
        assertThat(named(SETTING)).isEqualTo(LiveApplication.settings(REQUIRED));
    }

    @Test
    void theReadmeSaysWhatIsRequired() throws IOException {
        for (String line : Files.readAllLines(Path.of("README.md"))) {
            Matcher setting = SETTING.matcher(line);
            if (line.startsWith("| `") && setting.find() && line.contains("| required |")) {
                Map<String, String> without = new HashMap<>(REQUIRED);
                without.put(setting.group(1), "");
                assertThatThrownBy(() -> LiveApplication.settings(without))
                        .isInstanceOf(CannotStart.class)
                        .hasMessageContaining(setting.group(1));
            }
        }
    }

    @Test
    void theReadmeNamesEveryMetricAndNoOther() throws IOException {
        Numbers numbers = new Numbers();
        numbers.rooms(() -> 0);
        numbers.spans(Tracer.OFF.counts());
        Set<String> metrics = numbers.page()
                .lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ")[2])
                .filter(name -> !name.endsWith("_max"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named(METRIC)).isEqualTo(metrics);
    }

    private static Set<String> named(Pattern pattern) throws IOException {
        Set<String> names = new TreeSet<>();
        Matcher found = pattern.matcher(Files.readString(Path.of("README.md")));
        while (found.find()) {
            names.add(found.group(1));
        }
        return names;
    }
}
