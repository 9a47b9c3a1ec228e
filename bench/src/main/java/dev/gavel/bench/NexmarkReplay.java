package dev.gavel.bench;

import dev.gavel.bench.MarketApi.Answer;
import dev.gavel.bench.NexmarkStream.Standing;
import dev.gavel.bench.NexmarkStream.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.apache.beam.sdk.nexmark.model.Auction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Plays a NEXMark stream against the HTTP API. The steps of one auction are sent one after another in
/// stream order, each when the one before is answered; auctions run side by side, at most `inFlight`
/// requests at once and none more than `LEAD` steps ahead of the oldest unanswered one. Schedules strike at
/// the time of that oldest step, so that auctions close while bids for others are on their way and no bid
/// that was in time is overtaken.
final class NexmarkReplay {

    static final int LEAD = 40_000;
    private static final int TICK_EVERY = 1_000;
    private static final int REPEAT_ONE_IN = 100;
    /// Well-formed ids nobody will ever be given: their time is 1970.
    private static final String UNKNOWN_AUCTION = "auc_0000000000%016d";

    private final NexmarkStream stream;
    private final MarketApi api;
    private final People people;
    private final ReplayClock clock;
    private final Closing closing;
    private final String run;
    private final int inFlight;
    private final Progress progress;

    private final Map<Long, String> ids = new ConcurrentHashMap<>();
    private final Map<Long, Queue<Integer>> lanes = new HashMap<>();
    private final Set<Long> busy = ConcurrentHashMap.newKeySet();
    private final Map<String, LongAdder> refusals = new ConcurrentHashMap<>();
    private final AtomicLong accepted = new AtomicLong();
    private final LongAdder repeated = new LongAdder();
    private final LongAdder wronglyRepeated = new LongAdder();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final LowWater water;
    private final Semaphore permits;

    /// Ends what is due at a moment, as the close-auction schedule does.
    @FunctionalInterface
    interface Closing {
        void tick(Instant at);
    }

    NexmarkReplay(
            NexmarkStream stream,
            MarketApi api,
            People people,
            ReplayClock clock,
            Closing closing,
            String run,
            int inFlight,
            Progress progress) {
        this.stream = stream;
        this.api = api;
        this.people = people;
        this.clock = clock;
        this.closing = closing;
        this.run = run;
        this.inFlight = inFlight;
        this.progress = progress;
        this.water = new LowWater(stream.steps().size(), LEAD);
        this.permits = new Semaphore(inFlight, true);
    }

    /// What the answers were.
    ///
    /// @param refusals how many bids were refused, by the name of the problem
    /// @param repeated accepted bids that were sent again with the same key
    /// @param wronglyRepeated those of them that did not get their first answer
    record Tally(long accepted, Map<String, Long> refusals, long repeated, long wronglyRepeated) {
        long refused(String problem) {
            return refusals.getOrDefault(problem, 0L);
        }
    }

    /// Sends everything and closes every auction.
    ///
    /// @throws IllegalStateException when an answer is neither an acceptance nor a refusal that the API
    /// names
    Tally play() throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            int ticked = 0;
            for (int i = 0; i < stream.steps().size() && water.admit(i); i++) {
                submit(threads, i);
                if (water.low() >= ticked + TICK_EVERY) {
                    ticked = water.low();
                    tick(threads, ticked);
                }
                say();
            }
            for (int low = water.low(); low < stream.steps().size() && failure.get() == null; low = water.low()) {
                if (low >= ticked + TICK_EVERY) {
                    ticked = low;
                    tick(threads, ticked);
                }
                say();
                Thread.sleep(20);
            }
        }
        Throwable first = failure.get();
        if (first != null) {
            throw new IllegalStateException(first.getMessage(), first);
        }
        closing.tick(clock.at(stream.end()));
        Map<String, Long> counts = new TreeMap<>();
        refusals.forEach((problem, count) -> counts.put(problem, count.sum()));
        return new Tally(accepted.get(), counts, repeated.sum(), wronglyRepeated.sum());
    }

    private void say() {
        progress.say(() -> "answered all of the first " + water.low() + " of "
                + stream.steps().size() + " auctions and bids; accepted " + accepted.get() + ", refused "
                + refusals.values().stream().mapToLong(LongAdder::sum).sum());
    }

    private void tick(ExecutorService threads, int low) {
        Instant at = clock.at(stream.steps().get(low).at());
        threads.execute(() -> guarded(() -> closing.tick(at)));
    }

    private void submit(ExecutorService threads, int index) {
        long auction = stream.steps().get(index).auction();
        synchronized (lanes) {
            lanes.computeIfAbsent(auction, _ -> new ArrayDeque<>()).add(index);
            if (!busy.add(auction)) {
                return;
            }
        }
        threads.execute(() -> guarded(() -> drain(auction)));
    }

    private void drain(long auction) {
        for (Integer index = next(auction); index != null && failure.get() == null; index = next(auction)) {
            permits.acquireUninterruptibly();
            try {
                send(stream.steps().get(index), index);
            } finally {
                permits.release();
            }
            water.finish(index);
        }
    }

    private @Nullable Integer next(long auction) {
        synchronized (lanes) {
            Queue<Integer> lane = lanes.get(auction);
            Integer index = lane == null ? null : lane.poll();
            if (index == null) {
                lanes.remove(auction);
                busy.remove(auction);
            }
            return index;
        }
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            water.stop();
        }
    }

    private void send(Step step, int index) {
        switch (step) {
            case Step.Open(Auction details, long at) -> open(details, at, index);
            case Step.Offer offer -> offer(offer, index);
        }
    }

    private void open(Auction auction, long at, int index) {
        Duration lasts = Duration.between(clock.at(at), clock.at(auction.expires.getMillis()));
        Map<String, Object> body = Map.of(
                "title",
                "Lot " + auction.id + ": " + auction.itemName,
                "description",
                auction.description,
                "preset",
                "open-outcry",
                "startPrice",
                krw(auction.initialBid),
                "reserve",
                krw(auction.reserve),
                "duration",
                lasts.toString());
        JsonNode view = api.post("/v1/auctions", people.token(auction.seller), run + "-" + index, body, clock.at(at))
                .expect(201, "opening an auction")
                .body();
        Instant ends = Instant.parse(view.path("endsAt").asString());
        if (!ends.equals(clock.at(auction.expires.getMillis()))) {
            throw new IllegalStateException("auction " + auction.id + " ends at " + ends + " instead of "
                    + clock.at(auction.expires.getMillis())
                    + ": does the system count requests as received at their replay time?");
        }
        ids.put(auction.id, view.path("auctionId").asString());
    }

    private void offer(Step.Offer offer, int index) {
        String id =
                offer.standing() == Standing.UNKNOWN ? UNKNOWN_AUCTION.formatted(offer.auction()) : id(offer.auction());
        Answer answer = bid(offer, id, index);
        if (answer.status() == 201) {
            if (accepted.getAndIncrement() % REPEAT_ONE_IN == 0) {
                repeated.increment();
                if (!bid(offer, id, index).equals(answer)) {
                    wronglyRepeated.increment();
                }
            }
        } else if (answer.problem().startsWith("bid-")) {
            refusals.computeIfAbsent(answer.problem(), _ -> new LongAdder()).increment();
        } else {
            throw new IllegalStateException("a bid was answered " + answer.status() + ": " + answer.text());
        }
    }

    private Answer bid(Step.Offer offer, String id, int index) {
        return api.post(
                "/v1/auctions/" + id + "/bids",
                people.token(offer.bid().bidder),
                run + "-" + index,
                Map.of("maximum", krw(offer.bid().price)),
                clock.at(offer.at()));
    }

    private String id(long auction) {
        String id = ids.get(auction);
        if (id == null) {
            throw new IllegalStateException("auction " + auction + " has not been opened");
        }
        return id;
    }

    private static Map<String, String> krw(long amount) {
        return Map.of("amount", Long.toString(amount), "currency", "KRW");
    }

    /// How every auction ended, as its seller sees it. Those still open get another tick, some times.
    Map<Long, Verdict> verdicts() {
        Map<Long, Verdict> verdicts = new ConcurrentHashMap<>();
        Collection<Long> left = stream.auctions().keySet();
        for (int round = 0; round < 20 && !left.isEmpty(); round++) {
            closing.tick(clock.at(stream.end()));
            Lanes.forEach(left, inFlight, auction -> verdicts.put(auction, verdict(auction)));
            left = List.copyOf(verdicts.entrySet().stream()
                    .filter(entry -> entry.getValue() instanceof Verdict.Unclear)
                    .map(Map.Entry::getKey)
                    .toList());
        }
        return verdicts;
    }

    /// What was sold, by what the system says.
    List<Settlement.Sale> sales(Map<Long, Verdict> verdicts) {
        List<Settlement.Sale> sales = new ArrayList<>();
        verdicts.forEach((number, verdict) -> {
            Auction auction = stream.auctions().get(number);
            if (auction != null && verdict instanceof Verdict.Sold sold) {
                sales.add(new Settlement.Sale(id(number), auction.seller, sold.winner()));
            }
        });
        return sales;
    }

    private Verdict verdict(long number) {
        Auction auction = stream.auctions().get(number);
        if (auction == null) {
            throw new IllegalStateException("auction " + number + " is not of this stream");
        }
        JsonNode view = api.get("/v1/auctions/" + id(number), people.token(auction.seller), clock.at(stream.end()))
                .expect(200, "reading an auction")
                .body();
        String status = view.path("status").asString();
        String result = view.path("result").asString("");
        if (!status.equals("closed")) {
            return new Verdict.Unclear("still " + status);
        }
        if (!result.equals("sold")) {
            return Verdict.NOT_SOLD;
        }
        Long winner = people.number(view.path("winner").asString(""));
        long price = Long.parseLong(view.path("price").path("amount").asString());
        return winner == null
                ? new Verdict.Unclear("sold to somebody else: " + view.path("winner"))
                : new Verdict.Sold(winner, price);
    }
}
