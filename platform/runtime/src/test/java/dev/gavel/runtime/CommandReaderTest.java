package dev.gavel.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.gavel.kernel.Money;
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

    record Label(String text) {}

    record Labelled(Label label) {}

    @Test
    void aRecordOfOneTextIsNoIdInABody() throws Exception {
        assertThat(read(Labelled.class, "{\"label\":{\"text\":\"a\"}}")).isEqualTo(new Labelled(new Label("a")));
        assertThatThrownBy(() -> read(Labelled.class, "{\"label\":{}}")).isInstanceOf(Refused.class);
    }

    record Priced(@Nullable Money price, @Nullable Money other) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"amount\":5,\"currency\":\"KRW\"}",
                "{\"amount\":\"5\"}",
                "{\"amount\":\"5\",\"currency\":null}",
                "{\"amount\":\"5\",\"currency\":\"KRW\",\"more\":1}",
                "{\"amount\":\"5\",\"amount\":\"6\",\"currency\":\"KRW\"}",
                "{\"amount\":\"5.5\",\"currency\":\"KRW\"}",
                "[\"5\",\"KRW\"]",
                "\"5 KRW\"",
                "{}"
            })
    void moneyThatIsNotRightIsRefused(String money) throws Exception {
        assertThatThrownBy(() -> read(Priced.class, "{\"price\":" + money + "}"))
                .isInstanceOf(Refused.class);
        assertThat(read(Priced.class, "{\"price\":{\"currency\":\"KRW\",\"amount\":\"5\"},\"other\":null}"))
                .isEqualTo(new Priced(Money.krw(5), null));
    }

    private static Object read(Class<?> command, String body) throws Exception {
        return new CommandReader("test", Form.of("test", command), List.of())
                .read(new String[0], null, body.getBytes(StandardCharsets.UTF_8));
    }
}
