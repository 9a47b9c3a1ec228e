package dev.gavel.localstack;

import dev.gavel.localstack.DemoApi.Answer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/// The bidders of the demo market: looks around and lets one of them bid, one request at a time for all of them. One
/// thread lets them bid; any may welcome another.
final class DemoBidders {

    /// What strangers offer is worth at most this much more than its start price, in per cent.
    private static final long STRANGERS_WORTH = 160;

    private static final int BUY_NOW_ONE_IN = 60;

    private final DemoMarket market;
    private final DemoGoods goods;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final DemoTroubles troubles;
    private final DemoAppetite appetite;
    private final List<DemoPerson> present = new CopyOnWriteArrayList<>();
    private long bids;

    DemoBidders(
            DemoMarket market, DemoGoods goods, InstantSource clock, RandomGenerator random, DemoTroubles troubles) {
        this.market = market;
        this.goods = goods;
        this.clock = clock;
        this.random = random;
        this.troubles = troubles;
        this.appetite = new DemoAppetite(random);
    }

    /// From now on this person bids too.
    void welcome(DemoPerson bidder) {
        present.add(bidder);
    }

    /// How many bids were accepted.
    long bids() {
        return bids;
    }

    /// Looks around and places at most one bid.
    ///
    /// @return how long everybody was asked to stay away, zero when nobody was
    Duration bid() throws InterruptedException {
        if (present.isEmpty()) {
            return Duration.ZERO;
        }
        Instant now = clock.instant();
        List<JsonNode> wanted = new ArrayList<>();
        List<Integer> weights = new ArrayList<>();
        for (JsonNode auction : market.open()) {
            if (won(auction, "/minimumBid") > 0 && won(auction, "/minimumBid") <= believable(auction)) {
                wanted.add(auction);
                weights.add(DemoAppetite.weight(left(auction, now)));
            }
        }
        if (wanted.isEmpty()) {
            return Duration.ZERO;
        }
        return bidOn(wanted.get(appetite.choose(weights)));
    }

    private Duration bidOn(JsonNode listed) throws InterruptedException {
        String path = "/v1/auctions/" + listed.at("/auctionId").asString("");
        int first = random.nextInt(present.size());
        for (int i = 0; i < Math.min(2, present.size()); i++) {
            DemoPerson bidder = present.get((first + i) % present.size());
            Answer seen = bidder.get(path);
            if (!seen.accepted()) {
                return troubled("an auction could not be read", seen);
            }
            JsonNode auction = seen.body();
            // Nobody outbids themselves.
            if (!auction.at("/youLead").asBoolean(false)) {
                OptionalLong amount = appetite.amount(won(auction, "/minimumBid"), believable(auction));
                return won(auction, "/minimumBid") == 0 || amount.isEmpty()
                        ? Duration.ZERO
                        : placed(bidder.post(path + "/bids", offer(auction, amount.getAsLong())));
            }
        }
        return Duration.ZERO;
    }

    private Map<String, Object> offer(JsonNode auction, long amount) {
        long buyNow = won(auction, "/buyNow");
        boolean impatient = buyNow > 0 && random.nextInt(BUY_NOW_ONE_IN) == 0;
        return impatient ? Map.of("buyNow", DemoGoods.won(buyNow)) : Map.of("maximum", DemoGoods.won(amount));
    }

    /// Somebody else was faster, or the time was over: that is what auctions are like.
    private Duration placed(Answer answer) {
        if (answer.accepted()) {
            bids++;
        }
        return answer.accepted() || answer.status() == 409 ? Duration.ZERO : troubled("a bid was not taken", answer);
    }

    private Duration troubled(String what, Answer answer) {
        troubles.tell(what, answer);
        return !answer.busy()
                ? Duration.ZERO
                : answer.retryAfter().compareTo(Duration.ofSeconds(2)) > 0
                        ? answer.retryAfter()
                        : Duration.ofSeconds(2);
    }

    private long believable(JsonNode auction) {
        long worth = goods.titled(auction.at("/title").asString(""))
                .map(DemoGoods.Lot::worth)
                .orElse(won(auction, "/startPrice") * STRANGERS_WORTH / 100);
        return DemoAppetite.believable(worth, auction.at("/auctionId").asString(""));
    }

    private static long won(JsonNode auction, String pointer) {
        String amount = auction.at(pointer + "/amount").asString("0");
        boolean readable = amount.matches("\\d{1,15}")
                && auction.at(pointer + "/currency").asString("KRW").equals("KRW");
        return readable ? Long.parseLong(amount) : 0;
    }

    private static Duration left(JsonNode auction, Instant now) {
        try {
            return Duration.between(now, Instant.parse(auction.at("/endsAt").asString("")));
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }
}
