package dev.gavel.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/// Somebody in front of a browser of their own. `complaints` collects what the browser's console found wrong.
record Person(BrowserContext context, Page page, String name, List<String> complaints) implements AutoCloseable {

    static final String PASSWORD = "a-long-password-of-mine";

    private static final double PATIENCE = 60_000;

    static {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    }

    /// How the page is looked at.
    enum Look {
        DESKTOP(1280, 860, ColorScheme.LIGHT),
        PHONE(390, 844, ColorScheme.LIGHT),
        DARK_PHONE(390, 844, ColorScheme.DARK);

        private final int width;
        private final int height;
        private final ColorScheme colors;

        Look(int width, int height, ColorScheme colors) {
            this.width = width;
            this.height = height;
            this.colors = colors;
        }
    }

    static Person named(String name, Look look) {
        BrowserContext context = Browsers.shared()
                .newContext(new Browser.NewContextOptions()
                        .setBaseURL(Platform.url().toString())
                        .setViewportSize(look.width, look.height)
                        .setColorScheme(look.colors)
                        .setTimezoneId("Asia/Seoul"));
        context.setDefaultTimeout(PATIENCE);
        Page page = context.newPage();
        List<String> complaints = new CopyOnWriteArrayList<>();
        page.onConsoleMessage(message -> {
            if (List.of("error", "warning").contains(message.type()) && !Platform.expects(message)) {
                complaints.add(message.type() + ": " + message.text() + " " + message.location());
            }
        });
        page.onPageError(complaints::add);
        return new Person(context, page, name, complaints);
    }

    Person goTo(String path) {
        page.navigate(path);
        page.waitForSelector("html[data-ready]");
        return this;
    }

    /// Registers on the page and is signed in afterwards.
    Person register() {
        goTo("/sign-in.html#register");
        page.fill("#up-email", name.toLowerCase(Locale.ROOT) + "-" + UUID.randomUUID() + "@example.com");
        page.fill("#up-name", name);
        page.fill("#up-password", PASSWORD);
        page.click("#panel-up .button");
        page.waitForURL(Pattern.compile(".*/$"));
        return this;
    }

    /// Opens an auction by the API, for what the page does not offer, such as very short ones; returns its id.
    String opens(Map<String, ?> terms) {
        APIResponse answer = post("/v1/auctions", terms);
        if (answer.status() != 201) {
            throw new AssertionError(answer.text());
        }
        return answer.text().replaceFirst("(?s).*\"auctionId\":\"([^\"]+)\".*", "$1");
    }

    /// A request with this person's token.
    APIResponse post(String path, Map<String, ?> body) {
        Object token = page.evaluate("() => JSON.parse(localStorage.getItem('gavel.session')).accessToken");
        return context.request()
                .post(
                        path,
                        RequestOptions.create()
                                .setHeader("authorization", "Bearer " + token)
                                .setHeader("idempotency-key", UUID.randomUUID().toString())
                                .setData(body));
    }

    Person looksAt(String auctionId) {
        goTo("/auction.html?id=" + auctionId);
        assertThat(page.locator("#lot")).isVisible();
        return this;
    }

    /// Types an amount and presses the button.
    Person bids(String amount) {
        page.fill("#amount", amount);
        page.click("#place-bid");
        return this;
    }

    Person sees(String selector, String text) {
        assertThat(page.locator(selector)).containsText(text);
        return this;
    }

    @Override
    public void close() {
        context.close();
    }
}
