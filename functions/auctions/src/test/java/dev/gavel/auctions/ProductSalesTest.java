package dev.gavel.auctions;

import static dev.gavel.auctions.Auctioneer.ANNA;
import static dev.gavel.auctions.Auctioneer.NOON;
import static dev.gavel.auctions.Auctioneer.SELLER;
import static dev.gavel.auctions.Auctioneer.call;
import static dev.gavel.auctions.Auctioneer.won;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.events.AuctionEvent.AuctionCancelled;
import dev.gavel.events.AuctionEvent.AuctionClosed;
import dev.gavel.events.AuctionEvent.AuctionOpened;
import dev.gavel.events.Fact;
import dev.gavel.events.ProductEvent;
import dev.gavel.events.ProductEvent.Condition;
import dev.gavel.events.ProductEvent.ProductListed;
import dev.gavel.events.ProductEvent.ProductUpdated;
import dev.gavel.events.ProductEvent.ProductWithdrawn;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.Ids;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.Rejection;
import dev.gavel.kernel.Tick;
import dev.gavel.kernel.UserId;
import dev.gavel.runtime.Measures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Auctions that sell a product of the catalog.
class ProductSalesTest {

    private final InMemoryAuctions auctions = new InMemoryAuctions();
    private final InMemoryOffers offers = new InMemoryOffers();
    private final OpenAuction openAuction = new OpenAuction(
            auctions,
            offers,
            Presets.published(),
            Ids.secure(Clock.systemUTC()),
            new OpenAuction.Limits(Duration.ofMinutes(1), Duration.ofDays(30)));
    private final IndexProduct indexProduct = new IndexProduct(auctions, offers);
    private final GetAuction getAuction = new GetAuction(auctions, offers);
    private final FindAuctions findAuctions = new FindAuctions(auctions);
    private final CancelAuction cancelAuction = new CancelAuction(auctions);
    private final CloseAuction closeAuction = new CloseAuction(auctions, new Measures());
    private final PlaceBid placeBid =
            new PlaceBid(new BidLanes(auctions, BidLanes.Limits.DEFAULT, new BidNumbers(new Measures())));
    private int keys;

    @Test
    void aProductIsSoldAsItWasDescribedThen() {
        ProductId product = listed();
        AuctionView opened = accepted(open(SELLER, product, "one"));
        assertThat(opened.title()).isEqualTo("필름 카메라");
        assertThat(opened.description()).isEqualTo("작은 흠 하나");
        assertThat(opened.category()).isEqualTo("digital.camera");
        assertThat(opened.pictures()).containsExactly("demo/camera-1.svg");
        assertThat(opened.productId()).isEqualTo(product);
        assertThat(auctions.stored().getFirst().data())
                .isInstanceOfSatisfying(
                        AuctionOpened.class,
                        fact -> assertThat(fact.productId()).isEqualTo(product));

        index(2, updated(product, "다른 제목", true, NOON.plusSeconds(1)));
        assertThat(seen(opened.auctionId()).title()).isEqualTo("필름 카메라");
    }

    @Test
    void aProductIsSoldByOneAuctionAtATime() {
        ProductId product = listed();
        AuctionId first = accepted(open(SELLER, product, "one")).auctionId();
        assertThat(refused(open(SELLER, product, "two"))).isEqualTo(new ProductRejected.OnSale(first));
        assertThat(accepted(open(SELLER, product, "one")).auctionId())
                .as("the same request, repeated")
                .isEqualTo(first);
        accepted(cancelAuction.apply(call(SELLER, new CancelAuction.Command(first, "분실"), NOON, "c")));
        AuctionId second = accepted(open(SELLER, product, "two")).auctionId();
        closeAuction.apply(new Call<>(new Tick(), new Caller.Platform("tick"), NOON.plus(Duration.ofDays(2)), "t"));
        accepted(open(SELLER, product, "three"));
        assertThat(auctions.stored().stream().map(Fact::data))
                .anySatisfy(fact -> assertThat(fact)
                        .isInstanceOfSatisfying(
                                AuctionCancelled.class,
                                it -> assertThat(it.productId()).isEqualTo(product)))
                .anySatisfy(fact -> assertThat(fact).isInstanceOfSatisfying(AuctionClosed.class, it -> {
                    assertThat(it.auctionId()).isEqualTo(second);
                    assertThat(it.productId()).isEqualTo(product);
                }));
    }

    @Test
    void onlyTheSellersListedProductsAreSold() {
        ProductId product = listed();
        assertThat(refused(open(ANNA, product, "a"))).isInstanceOf(ProductRejected.SomeoneElses.class);
        assertThat(refused(open(SELLER, Auctioneer.someProduct(), "b"))).isInstanceOf(ProductRejected.Unknown.class);
        index(2, new ProductWithdrawn(product, SELLER, NOON));
        assertThat(refused(open(SELLER, product, "c"))).isInstanceOf(ProductRejected.Withdrawn.class);
        assertThat(auctions.stored()).isEmpty();
    }

    @Test
    void anAuctionSellsEitherAProductOrWhatIsDescribed() {
        ProductId product = listed();
        assertThat(member(null, null, null)).isEqualTo("title");
        assertThat(member("카메라", null, product)).isEqualTo("title");
        assertThat(member(null, "설명", product)).isEqualTo("description");
    }

    @Test
    void theFactsOfAProductMayComeInAnyOrder() {
        ProductId product = Auctioneer.someProduct();
        index(2, updated(product, "새 제목", true, NOON));
        index(1, listed(product));
        assertThat(offers.find(product).orElseThrow().title()).isEqualTo("새 제목");
        index(4, new ProductWithdrawn(product, SELLER, NOON));
        index(3, updated(product, "더 새 제목", true, NOON));
        index(1, listed(product));
        assertThat(offers.find(product).orElseThrow().withdrawn()).isTrue();
        ProductId other = Auctioneer.someProduct();
        index(2, new ProductWithdrawn(other, SELLER, NOON));
        index(1, listed(other));
        assertThat(refused(open(SELLER, other, "o"))).isInstanceOf(ProductRejected.Withdrawn.class);
    }

    @Test
    void biddersAreShownThatTheProductWasDescribedAnew() {
        ProductId product = listed();
        AuctionId auction = accepted(open(SELLER, product, "one")).auctionId();
        index(2, updated(product, "아직 입찰 없음", true, NOON.plusSeconds(1)));
        assertThat(seen(auction).productRevisedAt()).isNull();
        bid(auction, 20_000, NOON.plusSeconds(10));
        index(3, updated(product, "필름  카메라", false, NOON.plusSeconds(20)));
        index(4, updated(product, "먼저 고침", true, NOON.plusSeconds(5)));
        assertThat(seen(auction).productRevisedAt())
                .as("immaterial, and before the first bid")
                .isNull();
        index(6, updated(product, "또 고침", true, NOON.plusSeconds(40)));
        index(5, updated(product, "고침", true, NOON.plusSeconds(30)));
        assertThat(seen(auction).productRevisedAt()).isEqualTo(NOON.plusSeconds(40));

        accepted(cancelAuction.apply(call(SELLER, new CancelAuction.Command(auction, "분실"), NOON, "c")));
        AuctionId next = accepted(open(SELLER, product, "two")).auctionId();
        assertThat(seen(next).productRevisedAt()).isNull();
        assertThat(seen(next).title()).isEqualTo("또 고침");
    }

    @Test
    void auctionsAreFoundByPriceWithoutLosingAnyOnTheWay() {
        for (int i = 1; i <= 30; i++) {
            openAt(i * 1_000L);
        }
        List<Long> found = new ArrayList<>();
        String cursor = null;
        do {
            FindAuctions.Found page = find(query(null, 5_000L, 8_000L, 3, cursor));
            assertThat(page.auctions()).hasSizeLessThanOrEqualTo(3);
            page.auctions().forEach(view -> found.add(view.price().minorUnits()));
            cursor = page.cursor();
        } while (cursor != null);
        assertThat(found).containsExactly(8_000L, 7_000L, 6_000L, 5_000L);
        assertThat(find(query("books", null, null, 10, null)).auctions()).isEmpty();
        assertThat(find(query("digital", null, null, 10, null)).auctions()).hasSize(10);
    }

    @Test
    void aSearchThatFindsLittleStopsAndGoesOnFromThere() {
        for (int i = 1; i <= 30; i++) {
            openAt(i * 1_000L);
        }
        int found = 0;
        int answers = 0;
        String cursor = null;
        do {
            FindAuctions.Found page = find(query(null, 30_000L, null, 1, cursor));
            found += page.auctions().size();
            cursor = page.cursor();
            answers++;
        } while (cursor != null);
        assertThat(found).isOne();
        assertThat(answers).isBetween(3, 5);
    }

    @Test
    void aSearchThatMakesNoSenseIsRefusedByName() {
        assertThat(wrong(query("Digital/Camera", null, null, 10, null))).isEqualTo("category");
        assertThat(wrong(query(null, 5L, 4L, 10, null))).isEqualTo("priceTo");
        assertThat(wrong(new FindAuctions.Query(null, SELLER, null, FindAuctions.Sort.NEWEST, null, null, null, null)))
                .isEqualTo("sort");
        assertThat(wrong(new FindAuctions.Query(null, SELLER, "digital", null, null, null, null, null)))
                .isEqualTo("category");
    }

    private void openAt(long price) {
        ProductId product = listed();
        OpenAuction.Command command =
                new OpenAuction.Command(null, null, null, won(price), null, null, null, Duration.ofHours(24), product);
        accepted(openAuction.apply(call(SELLER, command, NOON.plusSeconds(keys), "open-" + keys++)));
    }

    private static FindAuctions.Query query(
            @Nullable String category, @Nullable Long from, @Nullable Long to, int limit, @Nullable String cursor) {
        return new FindAuctions.Query(null, null, category, FindAuctions.Sort.NEWEST, from, to, limit, cursor);
    }

    private FindAuctions.Found find(FindAuctions.Query query) {
        return accepted(findAuctions.apply(call(ANNA, query, NOON, "")));
    }

    private String wrong(FindAuctions.Query query) {
        return ((AuctionRejected.QueryInvalid) refused(findAuctions.apply(call(ANNA, query, NOON, "")))).member();
    }

    private String member(@Nullable String title, @Nullable String description, @Nullable ProductId product) {
        OpenAuction.Command command = new OpenAuction.Command(
                title, description, null, won(1_000), null, null, null, Duration.ofHours(24), product);
        return ((AuctionRejected.TermsInvalid) refused(openAuction.apply(call(SELLER, command, NOON, "m")))).member();
    }

    private Outcome<AuctionView> open(UserId seller, ProductId product, String key) {
        OpenAuction.Command command =
                new OpenAuction.Command(null, null, null, won(1_000), null, null, null, Duration.ofHours(24), product);
        return openAuction.apply(call(seller, command, NOON, key));
    }

    private void bid(AuctionId auction, long amount, Instant at) {
        accepted(placeBid.apply(call(ANNA, new PlaceBid.Command(auction, won(amount), null), at, "bid-" + keys++)));
    }

    private AuctionView seen(AuctionId auction) {
        return accepted(getAuction.apply(call(ANNA, new GetAuction.Query(auction), NOON, "")));
    }

    private ProductId listed() {
        ProductId product = Auctioneer.someProduct();
        index(1, listed(product));
        return product;
    }

    private void index(long sequence, ProductEvent event) {
        Fact<ProductEvent> fact = new Fact<>("/functions/update-product", sequence, NOON, event);
        accepted(indexProduct.apply(new Call<>(fact, new Caller.Platform(fact.source()), NOON, fact.id())));
    }

    private static ProductListed listed(ProductId product) {
        return new ProductListed(
                product,
                SELLER,
                "필름 카메라",
                "작은 흠 하나",
                "digital.camera",
                Condition.GOOD,
                List.of("demo/camera-1.svg"),
                NOON);
    }

    private static ProductUpdated updated(ProductId product, String title, boolean material, Instant at) {
        return new ProductUpdated(
                product,
                SELLER,
                title,
                "작은 흠 하나",
                "digital.camera",
                Condition.GOOD,
                List.of(),
                material,
                List.of("title"),
                at);
    }

    private static <T> T accepted(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Accepted<T>(T value) -> value;
            case Outcome.Rejected<T>(Rejection reason) -> throw new AssertionError(reason.detail());
        };
    }

    private static Rejection refused(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Accepted<?> accepted -> throw new AssertionError("accepted: " + accepted.value());
            case Outcome.Rejected<?> rejected -> rejected.reason();
        };
    }
}
