package dev.gavel.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.gavel.web.Person.Look;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every page, in both languages, on a desk and on a phone: nothing is reported on the console, nothing sticks out,
/// nobody is shut out. The pictures are in `target/screenshots`.
class PagesTest {

    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final List<String> PAGES = List.of(
            "browse",
            "auction",
            "sell",
            "me",
            "inbox",
            "preferences",
            "sign-in",
            "register",
            "profile",
            "operator",
            "order",
            "pay",
            "404");

    private static String auction = "";
    private static String order = "";
    private static Object session = "";

    @BeforeAll
    static void somethingIsOnSale() {
        List<String> auctions = new ArrayList<>();
        try (Person seller = Person.named("Hana", Look.DESKTOP)) {
            seller.register();
            for (String title : List.of("필름 카메라", "접이식 자전거", "턴테이블", "무접점 키보드")) {
                auction = seller.opens(Map.of(
                        "title",
                        title,
                        "description",
                        "작동에 이상 없습니다.",
                        "startPrice",
                        Map.of("amount", "10000", "currency", "KRW"),
                        "buyNow",
                        Map.of("amount", "90000", "currency", "KRW"),
                        "duration",
                        "PT2H"));
                auctions.add(auction);
            }
        }
        try (Person bidder = Person.named("Bora", Look.DESKTOP)) {
            bidder.register();
            for (int maximum : List.of(12_000, 15_000, 21_000)) {
                bidder.post(
                        "/v1/auctions/" + auction + "/bids",
                        Map.of("maximum", Map.of("amount", Integer.toString(maximum), "currency", "KRW")));
            }
            String bought = auctions.getFirst();
            bidder.post(
                    "/v1/auctions/" + bought + "/bids", Map.of("buyNow", Map.of("amount", "90000", "currency", "KRW")));
            order = bought.replace("auc_", "ord_");
            // The page asks again until the order is there.
            bidder.goTo("/order.html?id=" + order).sees("#standing", "결제해 주세요");
            session = bidder.page().evaluate("() => localStorage.getItem('gavel.session')");
        }
    }

    static Stream<Arguments> everyPageInEveryLook() {
        return PAGES.stream()
                .flatMap(page -> Stream.of("ko", "en")
                        .flatMap(language -> Stream.of(Look.values()).map(look -> Arguments.of(page, language, look))));
    }

    @ParameterizedTest
    @MethodSource("everyPageInEveryLook")
    void aPageIsWholeQuietAndOpenToEverybody(String name, String language, Look look) {
        try (Person visitor = visitor(name, look)) {
            Page page = visitor.page();
            visitor.goTo(address(name, language));
            settle(page);
            assertThat(page.locator("html").getAttribute("lang")).isEqualTo(language);
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(SCREENSHOTS.resolve(
                            "%s-%s-%s.png".formatted(name, language, look.name().toLowerCase(Locale.ROOT)))));
            assertThat(Axe.violations(page)).as("what axe-core found").isEmpty();
            assertThat(sticksOut(page)).as("pixels to the right of the screen").isZero();
            assertThat(visitor.complaints()).as("the console").isEmpty();
        }
    }

    @Test
    void theCheckersCatchAPageThatIsWrong() {
        try (Person visitor = Person.named("Control", Look.PHONE)) {
            Page page = visitor.page();
            page.navigate("/404.html");
            page.evaluate("""
                    () => {
                      const wide = document.createElement('div');
                      wide.style.width = '900px';
                      wide.append(document.createElement('input'));
                      document.querySelector('main').replaceChildren(wide);
                      console.error('control');
                    }
                    """);
            assertThat(Axe.violations(page)).anyMatch(found -> found.startsWith("label "));
            assertThat(sticksOut(page)).isPositive();
            assertThat(visitor.complaints()).singleElement().asString().startsWith("error: control ");
        }
    }

    @Test
    void thePolicyStopsScriptsThatAreNotOurs() {
        try (Person visitor = Person.named("Attacker", Look.DESKTOP)) {
            visitor.goTo("/404.html");
            Object ran = visitor.page().evaluate("""
                    () => {
                      const script = document.createElement('script');
                      script.textContent = 'window.hacked = true';
                      document.body.append(script);
                      return window.hacked === true;
                    }
                    """);
            assertThat(ran).isEqualTo(false);
            assertThat(visitor.complaints()).anyMatch(text -> text.contains("Content Security Policy"));
        }
    }

    private static Person visitor(String name, Look look) {
        Person visitor = Person.named("Visitor", look);
        if (!List.of("sign-in", "register").contains(name)) {
            visitor.context()
                    .addInitScript("localStorage.getItem('gavel.session') ?? localStorage.setItem('gavel.session', '"
                            + session.toString().replace("'", "\\'") + "')");
        }
        return visitor;
    }

    private static String address(String name, String language) {
        String chosen = "lang=" + language;
        return switch (name) {
            case "browse" -> "/?" + chosen;
            case "register" -> "/sign-in.html?" + chosen + "#register";
            case "auction" -> "/auction.html?" + chosen + "&id=" + auction;
            case "order" -> "/order.html?" + chosen + "&id=" + order;
            case "pay" -> "/pay.html?" + chosen + "&order=" + order;
            default -> "/" + name + ".html?" + chosen;
        };
    }

    /// Waits until what the page asked for has come.
    private static void settle(Page page) {
        page.waitForFunction("""
                () => !document.querySelector('#waiting:not([hidden])')
                    && document.querySelector('#cards, #form, #lot, #facts, #functions li, #bidding li, #order, #notices, #preferences, #pay, .lost, .tabs')
                    && (!document.querySelector('#cards') || document.querySelector('.card, .empty'))
                    && (!document.querySelector('#bidding') || document.querySelector('#bidding li'))
                """);
        page.waitForFunction("() => [...document.images].every(image => image.complete || image.loading === 'lazy')");
        // Text that is fading in has the wrong contrast for a moment.
        page.evaluate(
                "() => Promise.all(document.getAnimations().map(animation => animation.finished.catch(() => {})))");
    }

    private static int sticksOut(Page page) {
        Object pixels = page.evaluate("() => document.documentElement.scrollWidth - innerWidth");
        return ((Number) pixels).intValue();
    }
}
