package dev.gavel.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.gavel.web.Person.Look;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of something sold, in the browsers of its buyer and its seller. Nobody reloads.
class TradePagesTest {

    private static final Path SCREENSHOTS = Path.of("target/screenshots");

    private final Person seller = Person.named("Minji", Look.DESKTOP);
    private final Person buyer = Person.named("Junho", Look.PHONE);

    @BeforeEach
    void sell() {
        seller.register();
        buyer.register();
        String auction = seller.opens(
                Map.of("title", "필름 카메라", "startPrice", won(10_000), "buyNow", won(52_000), "duration", "PT1H"));
        seller.looksAt(auction);
        buyer.looksAt(auction);
        buyer.page().click("#buy-now");
        buyer.page().locator("dialog .button").first().click();
        buyer.sees("#standing", "낙찰받았습니다");
        buyer.page().click("#to-order");
        buyer.sees("#standing", "결제해 주세요").sees("#thing", "필름 카메라").sees("#price", "52,000원");
    }

    @AfterEach
    void goHome() {
        seller.close();
        buyer.close();
    }

    @Test
    void fromTheHammerToTheMoney() {
        seller.page().click("#to-order");
        seller.sees("#standing", "결제를 기다리고 있습니다");

        pay(buyer);
        picture(buyer, "pay");
        buyer.page().click("#back");
        buyer.sees("#standing", "결제했습니다");
        seller.sees("#standing", "보내 주세요");
        picture(seller, "order-seller");

        seller.page().selectOption("#carrier", "cj-logistics");
        seller.page().fill("#trackingNumber", "운송장");
        seller.page().click("#ship");
        seller.sees("#ship-form .wrong", "글자와 숫자");
        seller.page().fill("#trackingNumber", "6400 1234 5678");
        seller.page().click("#ship");
        seller.sees("#standing", "보냈습니다");
        buyer.sees("#standing", "물건이 오고 있습니다").sees("#parcel", "CJ대한통운").sees("#parcel", "640012345678");

        confirms(buyer, "delivered");
        buyer.sees("#standing", "물건이 도착했습니다");
        seller.sees("#standing", "도착했습니다");
        picture(buyer, "order-buyer");
        confirms(buyer, "confirm");
        buyer.sees("#standing", "거래가 끝났습니다").sees("#timeline", "거래 완료");
        seller.sees("#standing", "거래가 끝났습니다").sees("[data-fact=credited]", "50,440원");
        seller.sees("[data-fact=fee]", "1,560원").sees("[data-fact=payout]", "계좌로 보냄");
        buyer.goTo("/me.html").sees("#buying", "필름 카메라").sees("#buying", "거래 완료");
        seller.goTo("/me.html").sees("#sold", "거래 완료");
        assertThat(seller.complaints()).isEmpty();
        assertThat(buyer.complaints()).isEmpty();
    }

    @Test
    void whoLeavesThePaymentPageHasPaidNothingAndMayTryAgain() {
        buyer.page().click("#pay");
        buyer.page().click("#pay");
        buyer.page().click("#leave");
        buyer.sees("#problem", "나간 돈은 없습니다");
        buyer.page().click("#back");
        confirms(buyer, "cancel");
        buyer.sees("#standing", "취소된 주문입니다");
        assertThat(buyer.complaints()).isEmpty();
    }

    @Test
    void aDisputeIsHeardAndTheMoneyGoesBack() {
        pay(buyer);
        buyer.page().click("#back");
        seller.page().click("#to-order");
        seller.page().fill("#trackingNumber", "1");
        seller.page().click("#ship");
        buyer.sees("#standing", "물건이 오고 있습니다");
        buyer.page().click(".trouble summary");
        buyer.page().fill("#reason", "빈 상자였어요");
        buyer.page().click("#dispute");
        buyer.sees("#standing", "운영자가 살펴보고 있습니다").sees("#standing", "빈 상자였어요");
        seller.sees("#standing", "구매자가 문제를 알렸습니다").sees("#standing", "빈 상자였어요");
        picture(seller, "order-disputed");
        assertThat(buyer.complaints()).isEmpty();
    }

    private static void pay(Person buyer) {
        buyer.page().click("#pay");
        buyer.sees("#amount", "52,000원");
        buyer.page().click("#pay");
        assertThat(buyer.page()).hasURL(Pattern.compile(".*/checkout/.*"));
        buyer.page().click("#agree");
        buyer.sees("#state", "결제했습니다");
    }

    private static void confirms(Person who, String step) {
        who.page().click("#" + step);
        who.page().click("#yes");
    }

    private static void picture(Person who, String name) {
        who.page()
                .screenshot(new Page.ScreenshotOptions()
                        .setFullPage(true)
                        .setPath(SCREENSHOTS.resolve("trade-" + name + ".png")));
    }

    private static Map<String, String> won(int amount) {
        return Map.of("amount", Integer.toString(amount), "currency", "KRW");
    }
}
