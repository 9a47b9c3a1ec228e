package dev.gavel.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisplayNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"Anna", "경매왕", "경매왕99", "Zoë", "Ελένη", "ab", "𠮷野家"})
    void lettersAndDigitsOfAnyScriptAreTaken(String name) {
        assertThat(DisplayName.parse(name)).contains(new DisplayName(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "anna kim",
                "anna\u0000",
                "anna\nkim",
                "\u202eanna",
                "an\u200bna",
                "an\u200dna",
                "\u2066anna\u2069",
                "<b>anna</b>",
                "anna@kim",
                "\u3164\u3164\u3164",
                "\u115f\u1160",
                "\uffa0\uffa0",
                "anna\ud83d\ude00",
                "an\ud800na"
            })
    void whatIsInvisibleOrNoLetterIsRefused(String name) {
        assertThat(DisplayName.parse(name)).isEmpty();
    }

    @Test
    void lengthIsCountedInCharactersAsPeopleCountThem() {
        assertThat(DisplayName.parse("가".repeat(30))).isPresent();
        assertThat(DisplayName.parse("가".repeat(31))).isEmpty();
        assertThat(DisplayName.parse("𠮷".repeat(30))).isPresent();
        assertThat(DisplayName.parse("a".repeat(100_000))).isEmpty();
    }

    @Test
    void decomposedHangulIsComposed() {
        String decomposed = Normalizer.normalize("경매왕", Normalizer.Form.NFD);

        assertThat(decomposed).isNotEqualTo("경매왕");
        assertThat(DisplayName.parse(decomposed)).contains(new DisplayName("경매왕"));
    }
}
