package dev.gavel.auctions;

import static dev.gavel.auctions.Auctioneer.NOON;
import static dev.gavel.auctions.Auctioneer.SELLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.auctions.Offer.Revision;
import dev.gavel.kernel.StaleWrite;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every store of offers promises.
interface OffersContract {

    /// An empty store.
    Offers offers();

    @Test
    default void anOfferIsReadBackAsItWasPut() {
        Offers offers = offers();
        Offer listed = offer(1);
        offers.put(listed, null);
        assertThat(offers.find(listed.productId())).contains(listed);
        Offer revised = listed.revised(new Revision(Auctioneer.someId(), NOON));
        offers.put(revised, listed);
        assertThat(offers.find(listed.productId())).contains(revised);
        assertThat(offers.find(Auctioneer.someProduct())).isEmpty();
    }

    @Test
    default void whatWasDecidedOnAnOldStateIsNotPut() {
        Offers offers = offers();
        Offer listed = offer(1);
        offers.put(listed, null);
        Offer revised = listed.revised(new Revision(Auctioneer.someId(), NOON));
        assertThatThrownBy(() -> offers.put(revised, null)).isInstanceOf(StaleWrite.class);
        offers.put(revised, listed);
        assertThatThrownBy(() -> offers.put(listed, listed)).isInstanceOf(StaleWrite.class);
        assertThat(offers.find(listed.productId())).contains(revised);
    }

    private static Offer offer(long sequence) {
        return new Offer(
                Auctioneer.someProduct(),
                SELLER,
                "카메라",
                "흠 \"하나\"",
                "digital.camera",
                List.of("demo/camera-1.svg"),
                false,
                sequence,
                null);
    }
}
