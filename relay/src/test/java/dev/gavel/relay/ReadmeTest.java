package dev.gavel.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.runtime.CannotStart;
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
            "GAVEL_QUEUE",
            "notifications",
            "K_SINK",
            "http://127.0.0.1:1",
            "AWS_REGION",
            "ap-northeast-2",
            "AWS_ACCESS_KEY_ID",
            "test",
            "AWS_SECRET_ACCESS_KEY",
            "test");
    private static final Pattern SETTING = Pattern.compile("`((?:GAVEL_|AWS_|K_SINK|PORT)[A-Z_]*)`");
    private static final Pattern METRIC = Pattern.compile("`(gavel_relay_[a-z_]+)`");

    @Test
    void theReadmeNamesEverySettingAndNoOther() throws IOException {
        assertThat(named(SETTING)).isEqualTo(RelayApplication.settings(REQUIRED));
    }

    @Test
    void theReadmeSaysWhatIsRequired() throws IOException {
        for (String line : Files.readAllLines(Path.of("README.md"))) {
            Matcher setting = SETTING.matcher(line);
            if (line.startsWith("| `") && setting.find() && line.contains("| required |")) {
                Map<String, String> without = new HashMap<>(REQUIRED);
                without.put(setting.group(1), "");
                assertThatThrownBy(() -> RelayApplication.settings(without))
                        .isInstanceOf(CannotStart.class)
                        .hasMessageContaining(setting.group(1));
            }
        }
    }

    @Test
    void theReadmeNamesEveryMetricAndNoOther() throws IOException {
        Set<String> metrics = new Numbers()
                .page()
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
