package dev.gavel.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.web.Person.Look;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The parts of the pages that can be tried without looking at them.
class ModulesTest {

    private static Person person;

    @BeforeAll
    static void open() {
        person = Person.named("Reader", Look.DESKTOP).goTo("/404.html");
    }

    @AfterAll
    static void close() {
        person.close();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "null", delimiter = '|', textBlock = """
                    12000       | 12000
                    12,000원     | 12000
                    ₩ 12,000    | 12000
                    １２０００    | 12000
                    1만 5천       | 15000
                    3만          | 30000
                    lots        | null
                    -5          | null
                    1.5         | null
                    99999999999999 | null
                    """)
    void amountsAreReadAsPeopleWriteThem(String typed, String amount) {
        Object read = evaluate("money", "String(m.readAmount(arg))", typed);
        assertThat(read).isEqualTo(amount == null ? "null" : amount);
    }

    @Test
    void quickStepsStartAtTheMinimumAndRise() {
        assertThat(evaluate("money", "m.quickSteps(10500).join()", "")).isEqualTo("10500,12000,13000");
        assertThat(evaluate("money", "[1, 99, 1000, 52000, 1e12].every(least => m.quickSteps(least)[0] === least)", ""))
                .isEqualTo(true);
    }

    @Test
    void aKeyOfAPictureTellsItsSizes() {
        String key = "p/7ZQ4X0V9M2K8C5B1N3W6R7T0YH-1512x1134-3QgKNZqAh4CHh4d3h3d4d3B3CPh3";
        assertThat(evaluate("pictures", "m.srcset(arg)", key))
                .isEqualTo("/pictures/" + key + "/thumb.jpg 320w, /pictures/" + key + "/card.jpg 640w, /pictures/" + key
                        + "/full.jpg 1512w");
        assertThat(evaluate("pictures", "m.srcset(arg)", key.replace("1512x1134", "300x200")))
                .isEqualTo("/pictures/" + key.replace("1512x1134", "300x200") + "/thumb.jpg 300w");
        assertThat(evaluate("pictures", "m.told('demo/camera.svg') + m.picturePath('demo/camera.svg', 'full')", ""))
                .isEqualTo("null/pictures/demo/camera.svg");
    }

    /// What the npm package thumbhash 0.1.1 makes of the same bytes.
    @Test
    void aPlaceholderLooksAsItsHashSays() {
        Object looks = evaluate(
                "pictures",
                "(({width, height, data}) => [width, height, ...data.slice(0, 12)].join())"
                        + "(m.pixels(Uint8Array.from(arg.match(/../g), two => parseInt(two, 16))))",
                "dd080a359a8087878087877877777878707008f877");
        assertThat(looks).isEqualTo("32,23,12,17,112,255,13,17,111,255,15,17,111,255");
    }

    @Test
    void aReconnectWaitsARandomTimeUpToALimitThatDoubles() {
        assertThat(evaluate("live", "[0, 1, 2, 20].map(attempt => m.fullJitter(attempt, () => 1)).join()", ""))
                .isEqualTo("500,1000,2000,30000");
        assertThat(evaluate("live", "m.fullJitter(5, () => 0)", "")).isEqualTo(0);
    }

    @ParameterizedTest
    @CsvSource({"5,6,next", "5,5,known", "5,4,known", "5,7,gap", "undefined,7,gap"})
    void aSequenceContinuesOrLeavesAGap(String last, String next, String place) {
        assertThat(evaluate("live", "m.continues(" + last + ", " + next + ")", ""))
                .isEqualTo(place);
    }

    @Test
    void aBidMovesThePriceAndTakesTheOfferToBuyAtOnceAway() {
        Object state = evaluate(
                "auction-state",
                "m.after({price: 1, buyNow: 9, title: 'x'}, {type: 'bids', price: 2, minimumBid: 3, bidCount: 1, sequence: 7})",
                "");
        assertThat(state)
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("price", 2)
                .containsEntry("title", "x")
                .containsEntry("sequence", 7)
                .hasEntrySatisfying("buyNow", offer -> assertThat(offer).isNull());
    }

    @Test
    void aPriceThatIsKnownAlreadyNeverGoesBack() {
        Object price = evaluate(
                "auction-state",
                "m.after({price: 5, bidCount: 4, sequence: 9}, {type: 'bids', price: 2, bidCount: 3, sequence: 7}).price",
                "");
        assertThat(price).isEqualTo(5);
    }

    @Test
    void bothLanguagesSayTheSame() {
        Object differences = person.page().evaluate("""
                async () => {
                  const [ko, en] = (await Promise.all(['ko', 'en'].map(name => import(`/i18n/${name}.js`)))).map(m => m.default);
                  const places = text => (text ?? '').match(/\\{\\w+\\}/g)?.sort().join() ?? '';
                  return [...new Set([...Object.keys(ko), ...Object.keys(en)])]
                      .filter(key => !ko[key] || !en[key] || places(ko[key]) !== places(en[key]));
                }
                """);
        assertThat((List<?>) differences).isEmpty();
    }

    private static Object evaluate(String module, String expression, String argument) {
        return person.page()
                .evaluate(
                        "async arg => { const m = await import('/assets/js/" + module + ".js'); return " + expression
                                + "; }",
                        argument);
    }
}
