package dev.gavel.catalog;

import static dev.gavel.catalog.Shop.ANNA;
import static dev.gavel.catalog.Shop.CAMERA;
import static dev.gavel.catalog.Shop.NOON;
import static dev.gavel.catalog.Shop.SELLER;
import static dev.gavel.catalog.Shop.camera;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.catalog.Products.Slice;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.testkit.Race;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every store of products promises.
interface ProductsContract {

    /// An empty store.
    Products products();

    @Test
    default void aProductIsReadBackAsItWasWritten() {
        Products products = products();
        Product added = added(products, camera());
        assertThat(products.find(added.productId())).contains(added);
        Product sold = added.soldBy(Shop.nextAuction());
        products.save(sold, List.of());
        Product bumped = sold.bumped(List.of(NOON.plusSeconds(1)), "request");
        products.save(bumped, List.of());
        assertThat(products.find(added.productId())).contains(bumped);
        assertThat(products.find(Shop.someId())).isEmpty();
    }

    @Test
    default void theSameProductCannotBeAddedTwice() {
        Products products = products();
        Product added = added(products, camera());
        assertThatThrownBy(() -> products.add(added, "another request", List.of()))
                .isInstanceOf(StaleWrite.class);
        assertThat(products.createdBy("another request")).isEmpty();
    }

    @Test
    default void aRequestCreatesOneProduct() {
        Products products = products();
        Product first = camera();
        Product second = camera();
        products.add(first, "one request", List.of());
        assertThatThrownBy(() -> products.add(second, "one request", List.of())).isInstanceOf(StaleWrite.class);
        assertThat(products.createdBy("one request")).contains(first.productId());
        assertThat(products.find(second.productId())).isEmpty();
    }

    @Test
    default void aWriteDecidedOnAnOldStateWritesNothing() {
        Products products = products();
        Product added = added(products, camera());
        Product sold = added.soldBy(Shop.nextAuction());
        products.save(sold, List.of());
        assertThatThrownBy(() -> products.save(added.withdrawn(NOON), List.of()))
                .isInstanceOf(StaleWrite.class);
        assertThat(products.find(added.productId())).contains(sold);
    }

    @Test
    default void ofManyWritesAtOnceExactlyOneWins() {
        Products products = products();
        Product added = added(products, camera());
        List<Boolean> won = Race.of(8, _ -> {
            try {
                products.save(added.described(CAMERA, NOON.plusSeconds(1)), List.of());
                return true;
            } catch (StaleWrite _) {
                return false;
            }
        });
        assertThat(won).containsOnlyOnce(true);
    }

    @Test
    default void aSellersProductsAreListedLatestFirstPageByPage() {
        Products products = products();
        List<ProductId> expected = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Product product = Product.listed(Shop.someId(), SELLER, CAMERA, NOON.plusSeconds(i));
            expected.addFirst(added(products, product).productId());
        }
        Product oldest = products.find(expected.removeLast()).orElseThrow();
        products.save(oldest.bumped(List.of(NOON.plusSeconds(60)), "request"), List.of());
        expected.addFirst(oldest.productId());

        Slice first = products.ofSeller(SELLER, 3, null);
        assertThat(first.items()).isEqualTo(expected.subList(0, 3));
        Slice second = products.ofSeller(SELLER, 3, first.cursor());
        assertThat(second.items()).isEqualTo(expected.subList(3, 5));
        assertThat(second.cursor()).isNull();
        assertThat(products.findAll(expected)).extracting(Product::productId).isEqualTo(expected);
        assertThat(products.ofSeller(ANNA, 3, null).items()).isEmpty();
        assertThatThrownBy(() -> products.ofSeller(SELLER, 3, "forged")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Product added(Products products, Product product) {
        products.add(product, "creates " + product.productId(), List.of());
        return product;
    }
}
