package dev.gavel.localstack;

import dev.gavel.localstack.DemoGoods.Lot;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/// The demo market as long as the platform runs: sellers list the first dozen things, bidders come and bid, the rest is
/// listed, and what was sold comes back. Everything goes through the public API; whatever fails, the platform goes on.
final class DemoLife implements AutoCloseable {

    static final int FIRST = 12;
    static final int FEWEST_OPEN = 24;

    private static final int SELLERS_AT_ONCE = 4;
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);
    private static final Duration BREATH = Duration.ofMillis(300);
    private static final Duration LONGEST_RETREAT = Duration.ofMinutes(1);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(8);

    private final CountDownLatch lively = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final DemoTroubles troubles = new DemoTroubles();
    private final DemoGoods goods;
    private final DemoApi api;
    private final DemoMarket market;
    private final DemoBidders bidders;
    private final List<DemoPerson> crowd;

    private DemoLife(URI gateway, DemoGoods goods) {
        InstantSource clock = InstantSource.system();
        this.goods = goods;
        this.api = new DemoApi(gateway);
        this.market = new DemoMarket(api, people(goods.sellers(), clock), troubles);
        this.bidders = new DemoBidders(market, goods, clock, random, troubles);
        this.crowd = people(goods.bidders(), clock);
    }

    /// Returns at once; everything happens on threads that do not keep the process alive.
    static DemoLife begin(URI gateway, DemoGoods goods) {
        DemoLife life = new DemoLife(gateway, goods);
        life.threads.execute(() -> life.guarded("the demo market could not be filled", life::fill));
        return life;
    }

    /// Waits until the first things are on sale and somebody has bid, so that whoever looks first sees a market.
    ///
    /// @return false when that took longer than `patience`
    boolean awaitLively(Duration patience) throws InterruptedException {
        return lively.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    DemoTroubles troubles() {
        return troubles;
    }

    private void fill() throws InterruptedException {
        List<String> there = titles();
        List<Lot> missing = goods.lots().stream()
                .filter(lot -> !there.contains(lot.title()))
                .toList();
        threads.execute(() -> guarded("the bidders could not come", this::gather));
        list(missing.subList(0, Math.min(FIRST, missing.size())), SELLERS_AT_ONCE);
        threads.execute(() -> guarded("the bidders had to stop", this::keepBidding));
        list(missing.subList(Math.min(FIRST, missing.size()), missing.size()), 1);
        keepListing();
    }

    private List<String> titles() throws InterruptedException {
        return market.open().stream()
                .map(auction -> auction.at("/title").asString(""))
                .toList();
    }

    /// Lists them in their order, some at once, and returns when all are listed or have failed.
    private void list(List<Lot> lots, int atOnce) throws InterruptedException {
        Semaphore turns = new Semaphore(atOnce);
        for (Lot lot : lots) {
            turns.acquire();
            threads.execute(() -> {
                guarded("a thing could not be listed", () -> {
                    boolean _ = market.list(lot);
                });
                turns.release();
            });
        }
        turns.acquire(atOnce);
    }

    private void gather() throws InterruptedException {
        for (DemoPerson bidder : crowd) {
            DemoApi.Answer signedIn = bidder.signIn();
            if (!signedIn.accepted()) {
                troubles.tell("a bidder could not sign in", signedIn);
            }
            // Who could not sign in now tries again with the first bid.
            bidders.welcome(bidder);
        }
    }

    private void keepBidding() throws InterruptedException {
        Duration retreat = Duration.ZERO;
        while (true) {
            long begun = System.nanoTime();
            Duration stayAway = SHORTEST_PAUSE;
            try {
                stayAway = bidders.bid();
                if (bidders.bids() > 0) {
                    lively.countDown();
                }
            } catch (RuntimeException e) {
                troubles.tell("a bid could not be tried", e);
            }
            retreat = stayAway.isZero() ? stayAway : longer(stayAway, retreat.multipliedBy(2));
            Duration taken = Duration.ofNanos(System.nanoTime() - begun);
            long pause = random.nextLong(SHORTEST_PAUSE.toMillis(), LONGEST_PAUSE.toMillis());
            Thread.sleep(longer(Duration.ofMillis(pause).minus(taken), retreat.plus(BREATH)));
        }
    }

    private void keepListing() throws InterruptedException {
        while (true) {
            Thread.sleep(LOOK_EVERY);
            guarded("what was sold could not be offered again", () -> {
                List<JsonNode> open = market.open();
                if (open.size() < FEWEST_OPEN) {
                    boolean _ = market.relist(goods.lots(), open);
                }
            });
        }
    }

    private static Duration longer(Duration one, Duration other) {
        Duration longer = one.compareTo(other) > 0 ? one : other;
        return longer.compareTo(LONGEST_RETREAT) > 0 ? LONGEST_RETREAT : longer;
    }

    private interface Step {
        void run() throws InterruptedException;
    }

    private void guarded(String what, Step step) {
        try {
            step.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            troubles.tell(what, e);
        }
    }

    private List<DemoPerson> people(List<String> names, InstantSource clock) {
        List<DemoPerson> people = new ArrayList<>();
        names.forEach(name -> people.add(new DemoPerson(api, clock, name)));
        return people;
    }

    @Override
    public void close() {
        boolean _ = threads.shutdownNow().isEmpty();
        api.close();
    }
}
