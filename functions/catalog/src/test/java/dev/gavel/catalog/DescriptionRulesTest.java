package dev.gavel.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.events.ProductEvent.Condition;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptionRulesTest {

    @Test
    void whatSellersUsuallyWriteIsFine() {
        assertThat(Shop.RULES.problem(Shop.CAMERA)).isNull();
        assertThat(problem(told("책 📚 (새것)", "첫 줄\n\t둘째 줄", List.of()))).isNull();
        assertThat(problem(told("x".repeat(100), "가".repeat(4_000), List.of()))).isNull();
    }

    @Test
    void whatIsMissingOrTooLongIsRefusedByName() {
        assertThat(member(told(" \t ", "", List.of()))).isEqualTo("title");
        assertThat(member(told("x".repeat(101), "", List.of()))).isEqualTo("title");
        assertThat(member(told("x\u0000", "", List.of()))).isEqualTo("title");
        assertThat(member(told("x\u202Egpj", "", List.of()))).isEqualTo("title");
        assertThat(member(told("x", "가".repeat(4_001), List.of()))).isEqualTo("description");
        assertThat(member(told("x", "\u001b[31m", List.of()))).isEqualTo("description");
        assertThat(member(new Description("x", "", "digital", Condition.NEW, List.of())))
                .isEqualTo("category");
        assertThat(member(new Description("x", "", "", Condition.NEW, List.of())))
                .isEqualTo("category");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a.jpg", "a//b.jpg", "../a.jpg", "a/../b.jpg", "a b.jpg", "https://a.b/c.jpg", "a?b"})
    void aPictureThatIsNoKeyIsRefused(String key) {
        assertThat(member(told("x", "", List.of(key)))).isEqualTo("pictures");
    }

    @Test
    void picturesAreFewAndDifferent() {
        List<String> twelve = IntStream.range(0, 12).mapToObj(i -> i + ".jpg").toList();
        assertThat(problem(told("x", "", twelve))).isNull();
        assertThat(member(told("x", "", Collections.nCopies(13, "a.jpg")))).isEqualTo("pictures");
        assertThat(member(told("x", "", List.of("a.jpg", "a.jpg")))).isEqualTo("pictures");
        assertThat(member(told("x", "", List.of("a".repeat(121))))).isEqualTo("pictures");
    }

    @ParameterizedTest
    @CsvSource({
        "소주 한 박스, alcohol",
        "(미개봉) 위스키!, alcohol",
        "전자담배 팝니다, tobacco",
        "Replica watch, counterfeits",
        "와인잔 세트,",
        "와인 오프너,",
        "담배 케이스,",
        "맥주컵,",
        "소주영 사인,"
    })
    void whatMayNotBeSoldIsRefusedByItsTitle(String title, @Nullable String goods) {
        ProductRejected problem = problem(told(title, "", List.of()));
        assertThat(problem instanceof ProductRejected.Prohibited prohibited ? prohibited.goods() : null)
                .isEqualTo(goods);
    }

    @Test
    void everyProhibitionHasItsWordsInTheFormTheyAreLookedUpIn() {
        assertThat(ProhibitedGoods.published().rules()).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule.words()).isNotEmpty();
            assertThat(rule.name().ko()).isNotBlank();
            assertThat(rule.name().en()).isNotBlank();
            assertThat(List.of(rule.words(), rule.unless()))
                    .allSatisfy(words -> assertThat(words)
                            .allSatisfy(word -> assertThat(word)
                                    .matches("[\\p{L}\\p{N}]+")
                                    .isEqualTo(word.toLowerCase(Locale.ROOT))));
        });
    }

    @Test
    void spacingAndLettersAreTidied() {
        Description tidy = DescriptionRules.tidy(told("  ᄒ\u1161ᆫ　\n글 ", " a\r\nb \n", List.of()));
        assertThat(tidy.title()).isEqualTo("한 글");
        assertThat(tidy.description()).isEqualTo("a\nb");
    }

    private static Description told(String title, String description, List<String> pictures) {
        return new Description(title, description, "books.novels", Condition.NEW, pictures);
    }

    private static @Nullable ProductRejected problem(Description told) {
        return Shop.RULES.problem(DescriptionRules.tidy(told));
    }

    private static String member(Description told) {
        return problem(told) instanceof ProductRejected.DescriptionInvalid invalid
                ? invalid.member()
                : "nothing wrong with " + told;
    }
}
