package dev.gavel.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.gavel.web.Person.Look;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Signing in and staying signed in.
class SessionTest {

    private final Person person = Person.named("Yuna", Look.DESKTOP);

    @AfterEach
    void goHome() {
        person.close();
    }

    @Test
    void twoTabsNeverRefreshAtOnce() {
        person.register();
        List<String> refreshes = new CopyOnWriteArrayList<>();
        person.context().onRequest(request -> {
            if (request.url().endsWith("/v1/tokens/refresh")) {
                refreshes.add(request.url());
            }
        });
        person.page().evaluate("""
                () => {
                  const session = JSON.parse(localStorage.getItem('gavel.session'));
                  localStorage.setItem('gavel.session', JSON.stringify({...session, expiresAt: 0}));
                }
                """);
        Page first = person.context().newPage();
        Page second = person.context().newPage();
        for (Page page : List.of(first, second)) {
            page.evaluate("address => { location.href = address; }", Platform.url() + "/me.html");
        }
        for (Page page : List.of(first, second)) {
            PlaywrightAssertions.assertThat(page.locator("#bidding li")).isVisible();
        }
        assertThat(refreshes).hasSize(1);
    }

    @Test
    void aWrongPasswordIsSaidInTheLanguageOfThePage() {
        person.goTo("/sign-in.html?lang=en");
        person.page().fill("#in-email", "nobody@example.com");
        person.page().fill("#in-password", "not-the-password");
        person.page().click("#panel-in .button");
        person.sees("#panel-in .wrong", "The e-mail address or the password is wrong.");
    }

    @Test
    void whoeverIsNotSignedInComesBackToWhereTheyWanted() {
        person.register();
        person.goTo("/profile.html").page().click("#sign-out");
        person.page().waitForURL(Pattern.compile(".*/$"));
        person.page().navigate("/sell.html");
        person.page().waitForURL(Pattern.compile(".*/sign-in\\.html\\?next=%2Fsell\\.html"));
    }

    @Test
    void operatorsSeeWhatCouldNotBeDelivered() {
        person.goTo("/sign-in.html");
        person.page().fill("#in-email", "demo@gavel.dev");
        person.page().fill("#in-password", "try-gavel-on-this-machine");
        person.page().click("#panel-in .button");
        person.page().waitForURL(Pattern.compile(".*/$"));
        person.goTo("/operator.html").sees("#functions", "place-bid").sees("#triggers", "index-bidding");
        PlaywrightAssertions.assertThat(person.page().locator("#letters > *").first())
                .isVisible();
        assertThat(person.page().locator("#letters").textContent()).doesNotContain("운영자만");
        assertThat(person.complaints()).isEmpty();
    }

    @Test
    void theFirstKeyLeadsPastTheMenu() {
        person.goTo("/");
        person.page().keyboard().press("Tab");
        assertThat(person.page().evaluate("() => document.activeElement.className"))
                .isEqualTo("skip");
        person.page().keyboard().press("Enter");
        assertThat(person.page().evaluate("() => document.activeElement.id")).isEqualTo("main");
    }
}
