package dev.gavel.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
    @Test
    void withoutWordsEverythingStartsOnItsUsualPortAndKeepsNothing() {
        var arguments = Arguments.parse(List.of());

        assertThat(arguments.ports())
                .isEqualTo(Map.of("kafka", 19092, "dynamodb", 18000, "sqs", 19324, "s3", 19000, "redis", 16379));
        assertThat(arguments.data()).isNull();
        assertThat(arguments.parent()).isNull();
    }

    @Test
    void onlyTheNamedOnesStartAndThePortsOfOthersDoNotMatter() {
        var arguments = Arguments.parse(
                List.of("--only", "kafka,redis", "--ports", "kafka=0,s3=1", "--data", "kept", "--run", "run"));

        assertThat(arguments.ports()).isEqualTo(Map.of("kafka", 0, "redis", 16379));
        assertThat(arguments.data()).isEqualTo(Path.of("kept"));
        assertThat(arguments.run()).isAbsolute();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--nonsense x | is not understood",
                "--run | needs a value",
                "--ports kafka | is not a port",
                "--ports kafka=70000 | is not a port",
                "--ports mail=1 | There is no backend 'mail'",
                "--only mail | There is no backend 'mail'",
                "--parent 999999999999 | There is no process",
                "--parent me | There is no process"
            })
    void aMistakeIsToldWithWhatWouldBeRight(String words, String sentence) {
        assertThatThrownBy(() -> Arguments.parse(List.of(words.split(" "))))
                .isInstanceOf(BackendFailure.class)
                .hasMessageContaining(sentence);
    }
}
