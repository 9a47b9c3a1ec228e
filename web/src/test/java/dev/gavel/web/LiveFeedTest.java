package dev.gavel.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import dev.gavel.web.Person.Look;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The page's side of the live protocol, against a server that is played here.
class LiveFeedTest {

    private static final String AUCTION = "auc_00000000000000000000000001";

    private final Person person = Person.named("Viewer", Look.DESKTOP);
    private final Page page = person.page();
    private final List<WebSocketRoute> sockets = new CopyOnWriteArrayList<>();
    private final List<String> received = new CopyOnWriteArrayList<>();

    @BeforeEach
    void playTheServer() {
        page.routeWebSocket("**/v1/live", socket -> {
            sockets.add(socket);
            socket.onMessage(frame -> received.add(frame.text()));
            socket.send("[{\"type\":\"welcome\",\"serverTime\":\"2026-11-22T00:00:00Z\",\"heartbeatSeconds\":20}]");
        });
        page.route("**/v1/live/auctions/**", route -> route.abort());
    }

    @AfterEach
    void goHome() {
        person.close();
    }

    @Test
    void aGapIsAskedForFromWhatIsKnownAndNothingIsToldTwice() {
        watch();
        await(1);
        send("{\"type\":\"snapshot\",\"auction\":\"%s\",\"sequence\":5,\"state\":{}}");
        send("{\"type\":\"bids\",\"auction\":\"%s\",\"sequence\":6,\"bids\":[]}");
        send("{\"type\":\"bids\",\"auction\":\"%s\",\"sequence\":6,\"bids\":[]}");
        send("{\"type\":\"extended\",\"auction\":\"%s\",\"sequence\":8}");
        await(2);
        assertThat(received.getLast()).contains("\"subscribe\"", AUCTION, "\"lastSeq\":6");
        send("{\"type\":\"bids\",\"auction\":\"%s\",\"sequence\":7,\"bids\":[]}");
        send("{\"type\":\"extended\",\"auction\":\"%s\",\"sequence\":8}");
        send("{\"type\":\"resumed\",\"auction\":\"%s\",\"sequence\":8}");
        page.waitForFunction("() => told.at(-1) === 'resumed 8'");
        assertThat(page.evaluate("() => told"))
                .isEqualTo(List.of("snapshot 5", "bids 6", "bids 7", "extended 8", "resumed 8"));
    }

    @Test
    void aLostConnectionGoesOnWhereItWasLost() {
        watch();
        await(1);
        send("{\"type\":\"snapshot\",\"auction\":\"%s\",\"sequence\":5,\"state\":{}}");
        page.waitForFunction("() => told.length === 1");
        sockets.getFirst().close(new WebSocketRoute.CloseOptions().setCode(1012));
        await(2);
        assertThat(sockets).hasSize(2);
        assertThat(received.getLast()).contains("\"lastSeq\":5");
    }

    @Test
    void whereNoSocketCanBeHadThePageAsks() {
        page.routeWebSocket("**/v1/live", WebSocketRoute::close);
        watch();
        page.waitForFunction("() => asked > 0");
        assertThat(page.evaluate("() => live.state")).isEqualTo("polling");
    }

    private void watch() {
        person.goTo("/404.html");
        page.evaluate("""
                async auction => {
                  window.told = [];
                  window.asked = 0;
                  window.live = (await import('/assets/js/live.js')).live;
                  live.watch(auction, {
                    on: message => told.push(`${message.type} ${message.sequence}`), poll: () => asked++, sse: true,
                  });
                }
                """, AUCTION);
    }

    private void send(String message) {
        sockets.getLast().send("[" + message.formatted(AUCTION) + "]");
    }

    private void await(int messages) {
        page.waitForCondition(() -> received.size() >= messages);
    }
}
