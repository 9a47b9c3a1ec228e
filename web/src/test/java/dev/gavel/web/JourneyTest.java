package dev.gavel.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.SelectOption;
import dev.gavel.testkit.Photographs;
import dev.gavel.web.Person.Look;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What two people do with each other, each in a browser of their own.
class JourneyTest {

    private final Person seller = Person.named("Minji", Look.DESKTOP);
    private final Person first = Person.named("Junho", Look.DESKTOP);
    private final Person second = Person.named("Seoyeon", Look.PHONE);

    @AfterEach
    void goHome() {
        seller.close();
        first.close();
        second.close();
    }

    @Test
    void somethingIsSoldFromRegistrationToTheLastMinuteOfBidding() {
        seller.register();
        first.register();
        second.register();

        seller.goTo("/sell.html");
        seller.page().fill("#title", "필름 카메라");
        if (seller.page().locator("#category").count() > 0) {
            seller.page().locator("#category").selectOption(new SelectOption().setIndex(1));
        }
        seller.page().fill("#description", "작동에 이상 없습니다.");
        seller.page()
                .setInputFiles(
                        "#pictures",
                        new FilePayload("camera.jpg", "image/jpeg", Photographs.jpeg(Photographs.photo(1200, 900, 1))));
        seller.page().fill("#startPrice", "10000");
        seller.page().check("input[name=duration][value=PT5M]");
        seller.page().click("#open");
        seller.page().waitForURL(Pattern.compile(".*/auction\\.html\\?id=auc_.*"));
        seller.sees("#lot-title", "필름 카메라").sees("#standing", "내가 파는 물건입니다").sees("#price", "10,000원");
        String auction = seller.page().url().replaceFirst(".*id=", "");

        first.looksAt(auction).bids("15000").sees("#bid-result", "입찰이 접수됐습니다").sees("#standing", "지금 1등입니다");
        first.sees("#standing", "15,000원");

        // Nobody reloads from here on. The auction runs for five minutes, so this bid that raises the price is late.
        second.looksAt(auction).bids("9000").sees("#bid-wrong", "10,500원");
        second.bids("30000").sees("#bid-result", "입찰이 접수됐습니다").sees("#standing", "지금 1등입니다");
        first.sees("#price", "15,500원").sees("#standing", "다른 사람이 더 높습니다").sees("#toasts", "더 높은 금액");
        first.sees("#extension", "연장");
        seller.sees("#price", "15,500원").sees("#extension", "연장");
        seller.sees("#history tbody", "15,500원");
        assertThat(first.page().locator("#history").textContent()).doesNotContain("30,000");

        first.bids("50000").sees("#standing", "지금 1등입니다");
        second.sees("#standing", "다른 사람이 더 높습니다");
        second.goTo("/me.html").sees("#bidding", "필름 카메라").sees("#bidding", "밀려남");
        nobodyComplains();
    }

    @Test
    void everybodySeesTheHammerFall() {
        seller.register();
        first.register();
        second.register();
        String auction = seller.opens(Map.of(
                "title",
                "턴테이블",
                "preset",
                "hard-close",
                "startPrice",
                Map.of("amount", "20000", "currency", "KRW"),
                "duration",
                "PT45S"));
        seller.looksAt(auction);
        second.looksAt(auction).bids("25000").sees("#standing", "지금 1등입니다");
        first.looksAt(auction).bids("40000").sees("#standing", "지금 1등입니다");
        first.sees("#standing", "낙찰받았습니다").sees("#gallery", "낙찰");
        second.sees("#standing", "아쉽게 놓쳤습니다");
        seller.sees("#standing", "팔렸습니다").sees("#standing", "25,500원");
        first.goTo("/me.html").sees("#ended", "낙찰");
        nobodyComplains();
    }

    @Test
    void aBidWhoseAnswerIsLostIsAskedForAgainAndCountsOnce() {
        seller.register();
        first.register();
        String auction = seller.opens(
                Map.of("title", "기타", "startPrice", Map.of("amount", "50000", "currency", "KRW"), "duration", "PT1H"));
        first.looksAt(auction);
        int[] calls = {0};
        first.page().route("**/bids", route -> {
            if (route.request().method().equals("POST") && calls[0]++ == 0) {
                // It arrives, but nobody hears of it.
                route.fetch();
                route.abort();
            } else {
                route.resume();
            }
        });
        first.bids("60000").sees("#bid-result", "입찰이 접수됐습니다").sees("#standing", "지금 1등입니다");
        assertThat(calls[0]).isEqualTo(2);
        first.sees("#history", "나");
        assertThat(first.page().locator("#history tbody tr").count()).isEqualTo(1);
    }

    private void nobodyComplains() {
        assertThat(seller.complaints()).isEmpty();
        assertThat(first.complaints()).isEmpty();
        assertThat(second.complaints()).isEmpty();
    }
}
