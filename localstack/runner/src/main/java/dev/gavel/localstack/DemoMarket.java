package dev.gavel.localstack;

import dev.gavel.localstack.DemoApi.Answer;
import dev.gavel.localstack.DemoGoods.Lot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// What is for sale in the demo market: lists things and opens their auctions, and offers what was sold again.
final class DemoMarket {

    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final int TRIES = 40;

    private final DemoApi api;
    private final DemoTroubles troubles;
    private final Map<String, DemoPerson> sellers = new HashMap<>();
    private final Map<String, String> products = new ConcurrentHashMap<>();
    private final Map<String, Long> lastListed = new ConcurrentHashMap<>();
    private final AtomicLong listings = new AtomicLong();

    DemoMarket(DemoApi api, List<DemoPerson> sellers, DemoTroubles troubles) {
        this.api = api;
        this.troubles = troubles;
        sellers.forEach(seller -> this.sellers.put(seller.name(), seller));
    }

    /// The auctions that are open now, up to 100 of those that end first.
    List<JsonNode> open() throws InterruptedException {
        Answer answer = api.get("/v1/auctions?limit=100", null);
        if (!answer.accepted()) {
            troubles.tell("the open auctions could not be read", answer);
            return List.of();
        }
        List<JsonNode> open = new ArrayList<>();
        for (JsonNode auction : answer.body().at("/auctions")) {
            if (auction.at("/status").asString("").equals("open")) {
                open.add(auction);
            }
        }
        return open;
    }

    /// Opens an auction of what has been away for longest; false when everything is on sale or it did not work.
    boolean relist(List<Lot> lots, List<JsonNode> open) throws InterruptedException {
        Set<String> titles =
                open.stream().map(auction -> auction.at("/title").asString("")).collect(Collectors.toSet());
        List<Lot> away = lots.stream()
                .filter(lot -> !titles.contains(lot.title()))
                .sorted(Comparator.comparing(lot -> lastListed.getOrDefault(lot.title(), 0L)))
                .toList();
        return !away.isEmpty() && list(away.getFirst());
    }

    /// Makes the product when there is none yet, and opens its auction.
    boolean list(Lot lot) throws InterruptedException {
        lastListed.put(lot.title(), listings.incrementAndGet());
        DemoPerson seller = sellers.get(lot.seller());
        if (seller == null) {
            throw new IllegalStateException("demo.json has no seller " + lot.seller());
        }
        String product = products.get(lot.title());
        if (product == null) {
            Answer made = seller.post("/v1/products", lot.product());
            if (!made.accepted()) {
                troubles.tell("a product could not be made", made);
                return false;
            }
            product = made.text("/productId");
            products.put(lot.title(), product);
        }
        return openAuction(seller, lot, product);
    }

    /// Auctions learn of a product by an event: until then it is unknown there, and asked for with a key of its own.
    private boolean openAuction(DemoPerson seller, Lot lot, String product) throws InterruptedException {
        Duration wait = FIRST_WAIT;
        Answer opened = seller.post("/v1/auctions", lot.auction(product));
        for (int attempt = 1; attempt < TRIES && opened.is("product-unknown"); attempt++) {
            Thread.sleep(wait);
            wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
            opened = seller.post("/v1/auctions", lot.auction(product));
        }
        // The auction before may not be settled yet: its turn comes again.
        if (!opened.accepted() && !opened.is("product-on-sale")) {
            troubles.tell("an auction could not be opened", opened);
        }
        return opened.accepted();
    }
}
