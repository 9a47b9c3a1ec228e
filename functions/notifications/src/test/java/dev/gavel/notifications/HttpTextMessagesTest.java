package dev.gavel.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gavel.simulators.SmsSimulator;
import dev.gavel.simulators.SmsSimulator.Mood;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTextMessagesTest {

    private final SmsSimulator provider = new SmsSimulator();
    private final HttpTextMessages texts = texts(SmsSimulator.TOKEN);

    private HttpTextMessages texts(String token) {
        return new HttpTextMessages(provider.uri(), token, "15881234", Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() {
        texts.close();
        provider.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NORMAL", "LOSE_THE_ANSWER", "BE_IN_TROUBLE"})
    void aTextIsSentOnceHoweverOftenItIsTried(String mood) {
        provider.next(Mood.valueOf(mood));
        Sending first = texts.send(Post.PHONE, "[Gavel] 낙찰", "k1");
        if (!mood.equals("NORMAL")) {
            assertThat(first).isInstanceOf(Sending.Unclear.class);
        }
        assertThat(texts.send(Post.PHONE, "[Gavel] 낙찰", "k1")).isEqualTo(new Sending.Sent());
        assertThat(provider.texts()).singleElement().satisfies(text -> {
            assertThat(text.to()).isEqualTo("+821012345678");
            assertThat(text.from()).isEqualTo("15881234");
            assertThat(text.text()).isEqualTo("[Gavel] 낙찰");
        });
    }

    @Test
    void aNumberThatDoesNotExistIsRefusedForGood() {
        provider.next(Mood.REFUSE);
        assertThat(texts.send(Post.PHONE, "x", "k")).isEqualTo(new Sending.Refused("HTTP_422"));
    }

    @Test
    void aWrongTokenOfOursSaysNothingAboutTheText() {
        try (HttpTextMessages stranger = texts("wrong")) {
            assertThat(stranger.send(Post.PHONE, "x", "k")).isEqualTo(new Sending.Unclear("HTTP_401"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "010-1234-5678, +821012345678",
        "01012345678, +821012345678",
        "+82 10 1234 5678, +821012345678",
        "+14155550123, +14155550123"
    })
    void aNumberIsTakenAsPeopleWriteIt(String written, String number) {
        assertThat(new PhoneNumber(written).value()).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "112", "02-123-4567", "+8221234567", "+82101234567", "0101234567x", "+0123456789"})
    void whatIsNoMobileNumberIsRefused(String written) {
        assertThatIllegalArgumentException().isThrownBy(() -> new PhoneNumber(written));
    }
}
