package dev.gavel.bench;

import dev.gavel.bench.BidHistory.Attempt.Reply;
import dev.gavel.bench.BidHistory.End;
import dev.gavel.bench.BidHistory.Entry;
import dev.gavel.bench.MarketApi.Answer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/// An auction on a running Gavel, opened by person 0, with proxy bidding and a fixed end.
final class HttpRecordedAuction implements RecordedAuction {

    static final long START_PRICE = 1_000;
    static final long RESERVE = 20_000;
    private static final long SELLER = 0;
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(90);

    private final MarketApi api;
    private final People people;
    private final String run;
    private final String path;
    private final AtomicLong keys = new AtomicLong();

    private HttpRecordedAuction(MarketApi api, People people, String run, String id) {
        this.api = api;
        this.people = people;
        this.run = run;
        this.path = "/v1/auctions/" + id;
    }

    static HttpRecordedAuction open(MarketApi api, People people, String run, Duration lasts) {
        Map<String, Object> body = Map.of(
                "title", "A race of " + run,
                "preset", "hard-close",
                "startPrice", krw(START_PRICE),
                "reserve", krw(RESERVE),
                "duration", lasts.toString());
        JsonNode view = api.post("/v1/auctions", people.token(SELLER), run + "-open", body, null)
                .expect(201, "opening an auction")
                .body();
        return new HttpRecordedAuction(api, people, run, view.path("auctionId").asString());
    }

    @Override
    public long startingPoint() {
        return START_PRICE;
    }

    @Override
    public Reply bid(int client, String bidder, long maximum) {
        Answer answer;
        try {
            answer = api.post(
                    path + "/bids",
                    people.token(client + 1L),
                    run + "-" + keys.incrementAndGet(),
                    Map.of("maximum", krw(maximum)),
                    null);
        } catch (UncheckedIOException e) {
            return new Reply.Lost();
        }
        if (answer.status() == 201) {
            JsonNode receipt = answer.body();
            return new Reply.Accepted(
                    receipt.path("bidNumber").asLong(),
                    amount(receipt, "price"),
                    receipt.path("outcome").asString().equals("leading"),
                    Instant.parse(receipt.path("acceptedAt").asString()));
        }
        return switch (answer.problem()) {
            case "bid-too-low" -> new Reply.TooLow(amount(answer.body(), "minimum"));
            case "bid-auction-ended" -> new Reply.Ended();
            default -> {
                if (answer.status() >= 500) {
                    yield new Reply.Lost();
                }
                throw new IllegalStateException("a bid was answered " + answer.status() + ": " + answer.text());
            }
        };
    }

    /// What the seller can read once the schedule has closed it.
    BidHistory history(List<BidHistory.Attempt> attempts) throws InterruptedException {
        JsonNode view = view();
        for (long end = System.nanoTime() + CLOSED_WITHIN.toNanos();
                !view.path("status").asString().equals("closed") && System.nanoTime() < end;
                view = view()) {
            Thread.sleep(500);
        }
        String winner = view.path("winner").asString("");
        End end = new End(
                view.path("status").asString().equals("closed"),
                view.path("bidCount").asLong(),
                amount(view, "price"),
                winner.isEmpty() ? null : winner,
                Instant.parse(view.path("endsAt").asString()));
        return new BidHistory(START_PRICE, RESERVE, attempts, entries(), end);
    }

    private JsonNode view() {
        return api.get(path, people.token(SELLER), null)
                .expect(200, "reading an auction")
                .body();
    }

    private List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = api.get(path + "/bids?limit=500" + cursor, people.token(SELLER), null)
                    .expect(200, "reading a bid history")
                    .body();
            for (JsonNode bid : page.path("bids")) {
                entries.add(new Entry(
                        bid.path("number").asLong(),
                        bid.path("bidder").asString(),
                        amount(bid, "price"),
                        bid.path("leader").asString(),
                        Instant.parse(bid.path("acceptedAt").asString())));
            }
            cursor = page.path("cursor").isMissingNode() || page.path("cursor").isNull()
                    ? ""
                    : "&cursor=" + page.path("cursor").asString();
        } while (!cursor.isEmpty());
        return entries;
    }

    private static long amount(JsonNode body, String member) {
        return Long.parseLong(body.path(member).path("amount").asString());
    }

    private static Map<String, String> krw(long amount) {
        return Map.of("amount", Long.toString(amount), "currency", "KRW");
    }
}
