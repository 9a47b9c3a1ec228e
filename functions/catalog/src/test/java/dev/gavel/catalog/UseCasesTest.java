package dev.gavel.catalog;

import static dev.gavel.catalog.Shop.ANNA;
import static dev.gavel.catalog.Shop.CAMERA;
import static dev.gavel.catalog.Shop.NOON;
import static dev.gavel.catalog.Shop.SELLER;
import static dev.gavel.catalog.Shop.accepted;
import static dev.gavel.catalog.Shop.call;
import static dev.gavel.catalog.Shop.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.events.AuctionEvent;
import dev.gavel.events.AuctionEvent.AuctionCancelled;
import dev.gavel.events.AuctionEvent.AuctionClosed;
import dev.gavel.events.AuctionEvent.AuctionOpened;
import dev.gavel.events.AuctionEvent.AuctionScheduled;
import dev.gavel.events.AuctionEvent.Result;
import dev.gavel.events.Fact;
import dev.gavel.events.PictureEvent;
import dev.gavel.events.ProductEvent.Condition;
import dev.gavel.events.ProductEvent.ProductListed;
import dev.gavel.events.ProductEvent.ProductUpdated;
import dev.gavel.events.ProductEvent.ProductWithdrawn;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.PictureId;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UseCasesTest {

    private final InMemoryProducts products = new InMemoryProducts();
    private final InMemoryShownPictures pictures = new InMemoryShownPictures();
    private final CreateProduct createProduct = new CreateProduct(products, pictures, Shop.RULES, Shop.IDS);
    private final UpdateProduct updateProduct = new UpdateProduct(products, pictures, Shop.RULES);
    private final WithdrawProduct withdrawProduct = new WithdrawProduct(products);
    private final BumpProduct bumpProduct = new BumpProduct(products);
    private final GetProduct getProduct = new GetProduct(products);
    private final FindProducts findProducts = new FindProducts(products);
    private final TrackAuction trackAuction = new TrackAuction(products);
    private int keys;

    @Test
    void aProductIsListedAndShown() {
        ProductView created = created();
        assertThat(accepted(getProduct.apply(call(ANNA, new GetProduct.Query(created.productId()), NOON, ""))))
                .isEqualTo(created);
        assertThat(created.version()).isOne();
        assertThat(created.bumpedAt()).isEqualTo(NOON);
        assertThat(products.stored())
                .singleElement()
                .extracting(Fact::data)
                .isInstanceOfSatisfying(
                        ProductListed.class, fact -> assertThat(fact.pictures()).isEqualTo(CAMERA.pictures()));
        assertThat(products.announced()).isEqualTo(products.stored());
    }

    @Test
    void aCreationThatIsRepeatedCreatesNothingMore() {
        ProductView first = accepted(create(SELLER, NOON, "same"));
        assertThat(accepted(create(SELLER, NOON.plusSeconds(30), "same"))).isEqualTo(first);
        assertThat(products.stored()).hasSize(1);
        assertThat(accepted(create(ANNA, NOON, "same")).productId()).isNotEqualTo(first.productId());
    }

    @Test
    void anUpdateTellsWhatChangedAndWhetherItMatters() {
        ProductView created = created();
        ProductView spaced = accepted(update(SELLER, created.productId(), 1, "필름  카메라", null));
        assertThat(spaced).as("spaces are tidied").isEqualTo(created);
        ProductView cased = accepted(update(SELLER, created.productId(), 1, "필름카메라", null));
        assertThat(cased.version()).isEqualTo(2);
        ProductView other = accepted(update(SELLER, created.productId(), 2, "망가진 카메라", Condition.FOR_PARTS));
        assertThat(other.condition()).isEqualTo(Condition.FOR_PARTS);
        assertThat(other.description()).isEqualTo(created.description());
        assertThat(updates()).extracting(ProductUpdated::material).containsExactly(false, true);
        assertThat(updates())
                .extracting(ProductUpdated::changed)
                .containsExactly(List.of("title"), List.of("title", "condition"));
        assertThat(products.stored()).extracting(Fact::sequence).containsExactly(1L, 2L, 3L);
    }

    @Test
    void anUpdateOfAnOldVersionOverwritesNothingButMayBeRepeated() {
        ProductId id = created().productId();
        ProductView first = accepted(update(SELLER, id, 1, "새 제목", null));
        assertThat(refused(update(SELLER, id, 1, "다른 제목", null))).isEqualTo(new ProductRejected.Changed(2));
        assertThat(accepted(update(SELLER, id, 1, "새 제목", null))).isEqualTo(first);
        assertThat(updates()).hasSize(1);
    }

    @Test
    void onlyTheSellerChangesAProduct() {
        ProductId id = created().productId();
        assertThat(refused(update(ANNA, id, 1, "내 것", null))).isInstanceOf(ProductRejected.SomeoneElses.class);
        assertThat(refused(withdraw(ANNA, id))).isInstanceOf(ProductRejected.SomeoneElses.class);
        assertThat(refused(bump(ANNA, id, NOON))).isInstanceOf(ProductRejected.SomeoneElses.class);
        assertThat(refused(withdraw(SELLER, Shop.someId()))).isInstanceOf(ProductRejected.Unknown.class);
        assertThat(refused(update(SELLER, id, 1, "소주", null))).isInstanceOf(ProductRejected.Prohibited.class);
        assertThat(products.stored()).hasSize(1);
    }

    @Test
    void aProductIsWithdrawnOnceAndStaysSo() {
        ProductId id = created().productId();
        ProductView withdrawn = accepted(withdraw(SELLER, id));
        assertThat(withdrawn.status()).isEqualTo(Product.Status.WITHDRAWN);
        assertThat(accepted(withdraw(SELLER, id))).isEqualTo(withdrawn);
        assertThat(refused(update(SELLER, id, 1, "다시", null))).isInstanceOf(ProductRejected.Withdrawn.class);
        assertThat(refused(bump(SELLER, id, NOON))).isInstanceOf(ProductRejected.Withdrawn.class);
        assertThat(products.stored()).extracting(Fact::data).hasAtLeastOneElementOfType(ProductWithdrawn.class);
        assertThat(find(SELLER)).extracting(ProductView::productId).containsExactly(id);
        assertThat(find(ANNA)).isEmpty();
    }

    @Test
    void aProductIsBumpedOnceADayAndFiveTimesInThirtyDays() {
        ProductId id = created().productId();
        Instant at = NOON;
        for (int i = 0; i < 5; i++) {
            assertThat(accepted(bump(SELLER, id, at)).bumpedAt()).isEqualTo(at);
            assertThat(refused(bump(SELLER, id, at.plus(Duration.ofHours(24)).minusMillis(1))))
                    .isInstanceOf(ProductRejected.BumpedLately.class);
            at = at.plus(Duration.ofHours(24));
        }
        Instant again = NOON.plus(Duration.ofDays(30));
        assertThat(refused(bump(SELLER, id, at))).isEqualTo(new ProductRejected.BumpedLately(again));
        assertThat(accepted(bump(SELLER, id, again)).bumpedAt()).isEqualTo(again);
        assertThat(refused(bump(SELLER, id, again.plus(Duration.ofHours(23)))))
                .isEqualTo(new ProductRejected.BumpedLately(again.plus(Duration.ofHours(24))));
    }

    @Test
    void aBumpThatIsRepeatedBecauseItsAnswerWasLostCountsOnce() {
        ProductId id = created().productId();
        BumpProduct.Command command = new BumpProduct.Command(id);
        ProductView first = accepted(bumpProduct.apply(call(SELLER, command, NOON, "same")));
        assertThat(accepted(bumpProduct.apply(call(SELLER, command, NOON.plusSeconds(30), "same"))))
                .isEqualTo(first);
    }

    @Test
    void aProductIsNotWithdrawnWhileAnAuctionSellsIt() {
        ProductId id = created().productId();
        AuctionId first = Shop.nextAuction();
        AuctionId second = Shop.nextAuction();
        track(scheduled(first, id));
        assertThat(refused(withdraw(SELLER, id))).isEqualTo(new ProductRejected.OnSale(first));
        track(opened(first, id));
        track(closed(first, id));
        assertThat(selling(id)).isNull();
        track(opened(second, id));
        assertThat(selling(id)).isEqualTo(second);
        track(new AuctionCancelled(second, SELLER, "분실", NOON, id));
        assertThat(accepted(withdraw(SELLER, id)).status()).isEqualTo(Product.Status.WITHDRAWN);
    }

    @Test
    void theFactsOfAuctionsMayComeLateAgainAndInAnyOrder() {
        ProductId id = created().productId();
        AuctionId first = Shop.nextAuction();
        AuctionId second = Shop.nextAuction();
        track(closed(first, id));
        track(opened(first, id));
        assertThat(selling(id)).as("it had ended before it was heard of").isNull();
        track(opened(second, id));
        track(opened(first, id));
        track(closed(first, id));
        track(scheduled(first, id));
        assertThat(selling(id)).isEqualTo(second);
        track(opened(second, null));
        track(opened(Shop.nextAuction(), Shop.someId()));
        assertThat(selling(id)).isEqualTo(second);
    }

    @Test
    void anAuctionThatWasNeverHeardOfMakesRoomForTheNext() {
        ProductId id = created().productId();
        AuctionId first = Shop.nextAuction();
        AuctionId second = Shop.nextAuction();
        track(opened(first, id));
        track(closed(second, id));
        assertThat(selling(id))
                .as("the second was only opened because the first had ended")
                .isNull();
    }

    @Test
    void trackingDoesNotGetInTheWayOfAnUpdate() {
        ProductId id = created().productId();
        track(opened(Shop.nextAuction(), id));
        assertThat(accepted(update(SELLER, id, 1, "새 제목", null)).auctionId()).isNotNull();
    }

    @Test
    void onlyPicturesOfOnesOwnAreShown() {
        String key = ShownPicturesContract.KEY;
        CreateProduct.Command command = new CreateProduct.Command(
                CAMERA.title(), CAMERA.description(), CAMERA.category(), CAMERA.condition(), List.of(key));
        assertThat(refused(createProduct.apply(call(SELLER, command, NOON, "k1"))))
                .isEqualTo(new ProductRejected.PictureUnknown(key));
        TrackPicture track = new TrackPicture(pictures);
        PictureId id = PictureId.next(Shop.IDS);
        PictureEvent shown = new PictureEvent.PictureResized(id, SELLER, key, 1512, 1134, NOON);
        track.apply(new Call<>(
                new Fact<>("/functions/resize-image", 2, NOON, shown), new Caller.Platform("/t"), NOON, "t"));
        assertThat(refused(createProduct.apply(call(Shop.ANNA, command, NOON, "k2"))))
                .isEqualTo(new ProductRejected.PictureUnknown(key));
        ProductView listed = accepted(createProduct.apply(call(SELLER, command, NOON, "k3")));
        assertThat(listed.pictures()).containsExactly(key);
        PictureEvent gone = new PictureEvent.PictureDeleted(id, SELLER, key, NOON);
        track.apply(
                new Call<>(new Fact<>("/functions/delete-image", 3, NOON, gone), new Caller.Platform("/t"), NOON, "t"));
        // What shows it already may be changed all the same, as long as the pictures stay.
        assertThat(accepted(update(SELLER, listed.productId(), 1, "새 제목", null)).title())
                .isEqualTo("새 제목");
        assertThat(refused(createProduct.apply(call(SELLER, command, NOON, "k4"))))
                .isEqualTo(new ProductRejected.PictureUnknown(key));
    }

    private ProductView created() {
        return accepted(create(SELLER, NOON, "create-" + keys++));
    }

    private Outcome<ProductView> create(UserId seller, Instant at, String key) {
        CreateProduct.Command command = new CreateProduct.Command(
                CAMERA.title(), CAMERA.description(), CAMERA.category(), CAMERA.condition(), CAMERA.pictures());
        return createProduct.apply(call(seller, command, at, key));
    }

    private Outcome<ProductView> update(
            UserId user, ProductId id, long version, String title, @Nullable Condition condition) {
        return updateProduct.apply(
                call(user, new UpdateProduct.Command(id, version, title, null, null, condition, null), NOON, "u"));
    }

    private Outcome<ProductView> withdraw(UserId user, ProductId id) {
        return withdrawProduct.apply(call(user, new WithdrawProduct.Command(id), NOON, "w"));
    }

    private Outcome<ProductView> bump(UserId user, ProductId id, Instant at) {
        return bumpProduct.apply(call(user, new BumpProduct.Command(id), at, "bump-" + keys++));
    }

    private List<ProductView> find(UserId reader) {
        return accepted(findProducts.apply(call(reader, new FindProducts.Query(SELLER, null, null), NOON, "")))
                .products();
    }

    private @Nullable AuctionId selling(ProductId id) {
        return products.find(id).orElseThrow().auctionId();
    }

    private List<ProductUpdated> updates() {
        return products.stored().stream()
                .map(Fact::data)
                .filter(ProductUpdated.class::isInstance)
                .map(ProductUpdated.class::cast)
                .toList();
    }

    private void track(AuctionEvent event) {
        Fact<AuctionEvent> fact = new Fact<>("/functions/open-auction", 1, NOON, event);
        accepted(trackAuction.apply(new Call<>(fact, new Caller.Platform(fact.source()), NOON, fact.id())));
    }

    private static AuctionScheduled scheduled(AuctionId auction, ProductId id) {
        return new AuctionScheduled(auction, SELLER, "카메라", Money.krw(1_000), NOON, NOON, id);
    }

    private static AuctionOpened opened(AuctionId auction, @Nullable ProductId id) {
        return new AuctionOpened(auction, SELLER, "카메라", Money.krw(1_000), NOON, NOON, id);
    }

    private static AuctionClosed closed(AuctionId auction, ProductId id) {
        return new AuctionClosed(auction, SELLER, Result.UNSOLD, null, null, 0, NOON, id);
    }
}
