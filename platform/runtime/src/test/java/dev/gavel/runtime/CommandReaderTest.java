package dev.gavel.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandReaderTest {

    record Strict(String name, @Nullable String place) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Tolerant(String name, @Nullable String place) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"a\",\"more\":1}",
                "{\"more\":{\"name\":[1,{\"b\":null}]},\"name\":\"a\"}",
                "{\"more\":null,\"name\":\"a\",\"place\":null}"
            })
    void aMemberThatIsNotKnownIsRefusedUnlessTheCommandIgnoresIt(String body) throws Exception {
        assertThatThrownBy(() -> read(Strict.class, body)).isInstanceOf(Refused.class);
        assertThat(read(Tolerant.class, body)).isEqualTo(new Tolerant("a", null));
    }

    @Test
    void aMemberThatIsWrongOrMissingIsRefusedAllTheSame() {
        assertThatThrownBy(() -> read(Tolerant.class, "{\"name\":5,\"more\":1}"))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(() -> read(Tolerant.class, "{\"more\":1}")).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> read(Tolerant.class, "{\"name\":\"a\",\"more\":"))
                .isInstanceOf(Refused.class);
    }

    private static Object read(Class<?> command, String body) throws Exception {
        return new CommandReader("test", Form.of("test", command), List.of())
                .read(new String[0], null, body.getBytes(StandardCharsets.UTF_8));
    }
}
