package dev.gavel.notifications;

import static dev.gavel.notifications.Post.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.events.AuctionEvent.Result;
import dev.gavel.events.MarketEvent;
import dev.gavel.events.OrderEvent.OrderCompleted;
import dev.gavel.kernel.Money;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WordingTest {

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    /// What phones in Korea are sent in.
    private static final Charset KOREAN = Charset.forName("MS949");

    private static final String NASTY = "<script>alert('{price}')</script> & \"맥북\" $1 \\ 🎁";

    static Stream<Content> contents() {
        List<MarketEvent> events = new ArrayList<>(Post.everything());
        events.add(Post.closed(Result.UNSOLD));
        events.add(new OrderCompleted(Post.ORDER, Post.SELLER, Post.BUYER, Money.krw(52_000), Money.krw(0), NOON));
        events.add(new OrderCompleted(Post.ORDER, Post.SELLER, Post.BUYER, Money.krw(0), Money.krw(52_000), NOON));
        return events.stream()
                .flatMap(event -> Occasion.of(Post.fact(1, NOON, event)).stream())
                .map(Occasion::content)
                .distinct();
    }

    private static Notice notice(Content content, String title) {
        Notice notice = Post.notice(Post.BUYER, content, NOON);
        return new Notice(notice.noticeId(), notice.userId(), 1, content, title, NOON);
    }

    @ParameterizedTest
    @MethodSource("contents")
    void everyContentIsSaidInEveryLanguageForEveryChannel(Content content) {
        for (Language language : Language.values()) {
            Wording words = Wording.in(language);
            Notice notice = notice(content, Post.TITLE);
            Notice nameless = new Notice(notice.noticeId(), notice.userId(), 1, content, null, NOON);
            List<String> said = List.of(
                    words.title(notice),
                    words.text(notice, SEOUL),
                    words.shortText(notice, SEOUL),
                    words.plain(notice, SEOUL, "https://gavel.dev/x"),
                    words.text(nameless, SEOUL),
                    words.shortText(nameless, SEOUL));
            assertThat(said).allSatisfy(text -> assertThat(text).isNotBlank().doesNotContain("{", "}", "null"));
            assertThat(words.text(notice, SEOUL)).contains(Post.TITLE);
            assertThat(words.html(notice, SEOUL, "https://gavel.dev/x"))
                    .contains("https://gavel.dev/x", Post.TITLE, "lang=\"" + language.tag() + "\"");
        }
    }

    @ParameterizedTest
    @MethodSource("contents")
    void aTextMessageFitsInNinetyBytes(Content content) {
        for (Language language : Language.values()) {
            for (String title : List.of(Post.TITLE, "가나다라마바사아자차".repeat(10), NASTY, "x".repeat(200), "🎁")) {
                String text = Wording.in(language).shortText(notice(content, title), SEOUL);
                assertThat(KOREAN.newEncoder().canEncode(text)).as(text).isTrue();
                assertThat(text.getBytes(KOREAN)).as(text).hasSizeLessThanOrEqualTo(Wording.SHORT);
                assertThat(text.getBytes(KOREAN)).hasSize(Wording.bytes(text));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("contents")
    void whatPeopleWroteIsNoMarkup(Content content) {
        for (Language language : Language.values()) {
            String html = Wording.in(language).html(notice(content, NASTY), SEOUL, "https://gavel.dev/?a=1&b=\"2\"");
            assertThat(html)
                    .doesNotContain("<script", "alert('", "=\"2\"")
                    .contains("&lt;script&gt;alert(&#39;{price}&#39;)", "a=1&amp;b=&quot;2&quot;");
        }
    }

    @Test
    void aSellerWhoGetsNothingIsNotPromisedMoney() {
        Notice notice = Post.notice(Post.SELLER, new Content.CompletedSale(Post.ORDER, Money.krw(0)), NOON);
        assertThat(Wording.in(Language.KO).text(notice, SEOUL))
                .contains("모두 구매자에게")
                .doesNotContain("계좌");
        assertThat(Wording.in(Language.EN).text(notice, SEOUL))
                .contains("refunded in full")
                .doesNotContain("bank account");
    }

    @Test
    void moneyAndTimesAreWrittenAsTheReaderWritesThem() {
        Notice paid = Post.notice(
                Post.SELLER, new Content.Paid(Post.ORDER, Money.krw(1_234_567), NOON.plusSeconds(3600)), NOON);
        assertThat(Wording.in(Language.KO).text(paid, SEOUL)).contains("1,234,567원", "11월 22일 22:00까지");
        assertThat(Wording.in(Language.EN).text(paid, ZoneId.of("Europe/Berlin")))
                .contains("₩1,234,567", "Nov 22, 14:00");
        Notice euros = Post.notice(Post.SELLER, new Content.PaidOut(Post.ORDER, Money.of("1025.50", "EUR")), NOON);
        assertThat(Wording.in(Language.KO).text(euros, SEOUL)).contains("1,025.50 EUR");
        Notice cents = Post.notice(Post.SELLER, new Content.PaidOut(Post.ORDER, Money.krw(999)), NOON);
        assertThat(Wording.in(Language.EN).shortText(cents, SEOUL)).contains("KRW 999");
    }
}
