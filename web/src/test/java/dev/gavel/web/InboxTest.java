package dev.gavel.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.gavel.web.Person.Look;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What people are told: in the inbox, in the head of every page, by text message and by Web Push.
class InboxTest {

    private final Person reader = Person.named("Sora", Look.PHONE);

    @BeforeEach
    void arrive() {
        reader.register();
    }

    @AfterEach
    void goHome() {
        reader.close();
    }

    @Test
    void whoIsOutbidAndWinsReadsItInAnOpenInbox() {
        try (Person seller = Person.named("Minji", Look.DESKTOP);
                Person rival = Person.named("Junho", Look.DESKTOP)) {
            seller.register();
            rival.register();
            String auction = opens(seller, "필름 카메라");
            String another = opens(seller, "턴테이블");
            Page elsewhere = reader.context().newPage();
            goAndHear(elsewhere, "/me.html");
            goAndHear(reader.page(), "/inbox.html");
            reader.sees("#notices", "아직 알림이 없습니다");
            assertThat(reader.page().locator(".way-bell .count")).isHidden();

            bid(reader, auction, Map.of("maximum", won(12_000)));
            bid(rival, auction, Map.of("maximum", won(20_000)));
            reader.sees("#notices", "더 높은 입찰이 있습니다").sees(".way-bell .count", "1");
            assertThat(elsewhere.locator("#toasts")).containsText("더 높은 입찰이 있습니다");
            assertThat(elsewhere.locator(".way-bell .count")).hasText("1");

            bid(reader, another, Map.of("buyNow", won(52_000)));
            reader.sees("#notices li:first-child", "낙찰되었습니다").sees(".way-bell .count", "2");
            seller.goTo("/").sees(".way-bell .count", "1");
        }
        reader.page().click("#notices li:first-child a");
        assertThat(reader.page()).hasURL(Pattern.compile(".*/order\\.html\\?id=ord_.*"));
        reader.sees(".way-bell .count", "1").goTo("/inbox.html");
        assertThat(reader.page().locator("#notices li.unread")).hasCount(1);
        reader.page().click("#read-all");
        assertThat(reader.page().locator("#notices li.unread")).hasCount(0);
        reader.goTo("/inbox.html").sees("#notices", "낙찰되었습니다");
        assertThat(reader.page().locator("#notices li.unread")).hasCount(0);
        assertThat(reader.page().locator(".way-bell .count")).isHidden();
        assertThat(reader.complaints()).isEmpty();
    }

    @Test
    void whatIsOlderComesByAskingForMore() {
        reader.page().route("**/v1/users/me/notices**", route -> {
            boolean further = route.request().url().endsWith("?after=older");
            route.fulfill(new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody("""
                    {"notices": [{"noticeId": "%s", "kind": "won", "title": "%s", "text": "", "link": "/", \
                    "at": "2026-01-0%dT00:00:00Z", "read": true}], "unread": 0%s}\
                    """.formatted(
                                    further ? "ntc_1" : "ntc_2",
                                    further ? "먼저 온 알림" : "나중에 온 알림",
                                    further ? 1 : 2,
                                    further ? "" : ", \"cursor\": \"older\"")));
        });
        reader.goTo("/inbox.html").sees("#notices", "나중에 온 알림");
        reader.page().click("#more");
        assertThat(reader.page().locator("#notices a")).hasText(new String[] {"나중에 온 알림", "먼저 온 알림"});
        assertThat(reader.page().locator("#more")).isHidden();
    }

    @Test
    void theHeadHasRoomForTheBellOnTheSmallestScreen() {
        Page page = reader.page();
        page.setViewportSize(320, 640);
        for (String path : List.of("/inbox.html", "/preferences.html", "/?lang=en")) {
            reader.goTo(path);
            assertThat(page.locator(".way-bell")).isVisible();
            assertThat(page.evaluate("() => document.documentElement.scrollWidth - innerWidth"))
                    .isEqualTo(0);
            assertThat(Axe.violations(page)).isEmpty();
        }
    }

    @Test
    void whatSomebodyPrefersIsStillSoAfterAReload() {
        reader.goTo("/preferences.html");
        Page page = reader.page();
        page.check("[data-kind=outbid][data-channel=email]");
        page.uncheck("[data-kind=paid-out][data-channel=push]");
        page.check("#quiet");
        page.fill("#from", "23:00");
        page.fill("#to", "23:00");
        page.selectOption("#language", "en");
        page.click("#save");
        reader.sees("#form .wrong", "시작과 끝을 다르게");
        page.fill("#to", "07:30");
        page.click("#save");
        reader.sees("#toasts", "저장했습니다").goTo("/preferences.html");
        assertThat(page.locator("[data-kind=outbid][data-channel=email]")).isChecked();
        assertThat(page.locator("[data-kind=outbid][data-channel=sms]")).not().isChecked();
        assertThat(page.locator("[data-kind=paid-out][data-channel=push]"))
                .not()
                .isChecked();
        assertThat(page.locator("#from")).hasValue("23:00");
        assertThat(page.locator("#to")).hasValue("07:30");
        assertThat(page.locator("#language")).hasValue("en");
    }

    @Test
    void aPhoneIsConfirmedWithTheCodeThatWasSentThere() {
        String number = "010" + "%08d".formatted(System.nanoTime() % 100_000_000);
        Page page = reader.goTo("/preferences.html").page();
        page.fill("#phone", "12");
        page.click("#send-code");
        reader.sees("#phone-form .wrong", "휴대전화 번호");
        page.fill("#phone", number);
        page.click("#send-code");
        reader.sees("#code-hint", "인증번호를 보냈습니다");
        String code = code("+82" + number.substring(1));
        page.fill("#code", code.equals("000000") ? "000001" : "000000");
        page.click("#confirm-code");
        reader.sees("#code-form .wrong", "인증번호가 맞지 않거나");
        page.fill("#code", code);
        page.click("#confirm-code");
        reader.sees("#phone-now", number.replaceFirst("(...)(....)(....)", "$1-$2-$3"));
        reader.goTo("/preferences.html").sees("#phone-now", "번호로 문자를 보냅니다");
    }

    @Test
    void aPushThatComesTwiceIsShownOnce() {
        reader.context().grantPermissions(List.of("notifications"));
        Page page = reader.goTo("/preferences.html").page();
        String registration = registerWorker(page);
        for (int i = 0; i < 2; i++) {
            push(page, registration, """
                    {"title": "낙찰되었습니다", "body": "필름 카메라", "link": "/order.html?id=ord_1", "tag": "ntc_1"}""");
        }
        push(page, registration, "not JSON");
        // The browser may list a notification a moment after its event has ended.
        page.waitForCondition(() -> shown(page).contains("Gavel|||"));
        assertThat(shown(page)).containsExactlyInAnyOrder("낙찰되었습니다|필름 카메라|ntc_1|/order.html?id=ord_1", "Gavel|||");
    }

    @Test
    void aNotificationLeadsToNoOtherSite() {
        Page page = reader.goTo("/preferences.html").page();
        page.addScriptTag(new Page.AddScriptTagOptions().setUrl("/sw.js"));
        String here = Platform.url().toString().replaceFirst("/$", "");
        assertThat(page.evaluate("addressOf('/order.html?id=ord_1')")).isEqualTo(here + "/order.html?id=ord_1");
        for (String link : List.of("'https://example.com/'", "'//example.com/'", "'javascript:1'", "undefined")) {
            assertThat(page.evaluate("addressOf(" + link + ")")).isEqualTo(here + "/inbox.html");
        }
    }

    @Test
    void aBrowserWithoutPushServiceSaysSo() {
        reader.context().grantPermissions(List.of("notifications"));
        reader.goTo("/preferences.html").page().click("#push");
        reader.sees("#push-wrong", "푸시 서비스에 연결하지 못해");
        assertThat(reader.page().locator("#push")).not().isChecked();
    }

    private static String opens(Person seller, String title) {
        return seller.opens(
                Map.of("title", title, "startPrice", won(10_000), "buyNow", won(52_000), "duration", "PT1H"));
    }

    private static void bid(Person who, String auction, Map<String, ?> bid) {
        assertThat(who.post("/v1/auctions/" + auction + "/bids", bid).ok()).isTrue();
    }

    /// Waits until the page is told what concerns the person; what happened before, it is not told.
    private static void goAndHear(Page page, String path) {
        AtomicBoolean hears = new AtomicBoolean();
        page.onWebSocket(socket -> socket.onFrameReceived(frame -> {
            if (String.valueOf(frame.text()).contains("\"authenticated\"")) {
                hears.set(true);
            }
        }));
        page.navigate(path);
        page.waitForCondition(hears::get);
    }

    private static String registerWorker(Page page) {
        CDPSession devTools = page.context().newCDPSession(page);
        CompletableFuture<String> registration = new CompletableFuture<>();
        devTools.on(
                "ServiceWorker.workerRegistrationUpdated",
                event -> event.getAsJsonArray("registrations")
                        .forEach(one -> registration.complete(
                                one.getAsJsonObject().get("registrationId").getAsString())));
        devTools.send("ServiceWorker.enable");
        page.evaluate(
                "async () => { await navigator.serviceWorker.register('/sw.js'); await navigator.serviceWorker.ready; }");
        page.waitForCondition(registration::isDone);
        return registration.join();
    }

    /// As the browser's push service does, after the browser has decrypted it.
    private static void push(Page page, String registration, String data) {
        CDPSession devTools = page.context().newCDPSession(page);
        devTools.send("ServiceWorker.enable");
        JsonObject push = new JsonObject();
        push.addProperty("origin", Platform.url().toString());
        push.addProperty("registrationId", registration);
        push.addProperty("data", data);
        devTools.send("ServiceWorker.deliverPushMessage", push);
    }

    private static List<String> shown(Page page) {
        Object notifications = page.evaluate("""
                async () => (await (await navigator.serviceWorker.ready).getNotifications())
                    .map(({title, body, tag, data}) => [title, body, tag, data?.link].join('|'))
                """);
        return ((List<?>) notifications).stream().map(String::valueOf).toList();
    }

    /// The code in the text message to a number.
    private String code(String number) {
        String texts = reader.context()
                .request()
                .get(Platform.file("text-messages") + "/messages")
                .text();
        Matcher code = Pattern.compile("\"to\":\"" + Pattern.quote(number) + "\"[^}]*\"text\":\"[^\"]*?(\\d{6})")
                .matcher(texts);
        assertThat(code.find()).as(texts).isTrue();
        return code.group(1);
    }

    private static Map<String, String> won(int amount) {
        return Map.of("amount", Integer.toString(amount), "currency", "KRW");
    }
}
