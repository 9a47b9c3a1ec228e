package dev.gavel.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anna@example.com",
                "a@b.kr",
                "first.last+tag@sub.example.co.kr",
                "o'neil@example.com",
                "x@xn--hq1bm8jm9l.xn--3e0b707e"
            })
    void anOrdinaryAddressIsTaken(String address) {
        assertThat(Email.parse(address)).contains(new Email(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "anna",
                "@example.com",
                "anna@",
                "anna@example",
                "anna@@example.com",
                "an na@example.com",
                "anna@exa mple.com",
                "anna@-example.com",
                "anna@example-.com",
                ".anna@example.com",
                "an..na@example.com",
                "anna@example..com",
                "anna@example.com\r\nBcc: all@example.com",
                "안나@example.com"
            })
    void whatIsNoAddressIsRefused(String text) {
        assertThat(Email.parse(text)).isEmpty();
    }

    @Test
    void anAddressThatIsTooLongIsRefused() {
        assertThat(Email.parse("a".repeat(64) + "@example.com")).isPresent();
        assertThat(Email.parse("a".repeat(65) + "@example.com")).isEmpty();
        assertThat(Email.parse("a@" + "b.".repeat(126) + "com")).isEmpty();
        assertThat(Email.parse("a".repeat(1_000_000))).isEmpty();
    }

    @Test
    void caseAndSurroundingBlanksMakeNoOtherAddress() {
        assertThat(Email.parse("  Anna@EXAMPLE.com ")).contains(new Email("anna@example.com"));
    }

    @Test
    void anAddressDoesNotShowInText() {
        assertThat(new Email("anna@example.com").toString()).doesNotContain("anna");
    }
}
