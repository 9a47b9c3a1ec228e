package dev.gavel.localstack;

import dev.gavel.events.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Who and what fills the market of `./gavel up --demo`, kept as data in `demo.json`: display names of sellers and
/// bidders, and the things in the order in which they are listed.
record DemoGoods(List<String> sellers, List<String> bidders, List<Lot> lots) {

    /// One thing and the auction that sells it.
    ///
    /// @param seller a display name among the sellers
    /// @param worth about the price, in won, above which nobody believes in it any more
    /// @param minutes how long its auction lasts
    record Lot(
            String title,
            String description,
            String category,
            String condition,
            List<String> pictures,
            String seller,
            String preset,
            long startPrice,
            long worth,
            int minutes,
            @Nullable Long reserve,
            @Nullable Long buyNow) {

        /// What is asked of `POST /v1/products`.
        Map<String, Object> product() {
            return Map.of(
                    "title", title,
                    "description", description,
                    "category", category,
                    "condition", condition,
                    "pictures", pictures);
        }

        /// What is asked of `POST /v1/auctions`.
        Map<String, Object> auction(String productId) {
            Map<String, Object> auction = new TreeMap<>(Map.of(
                    "productId",
                    productId,
                    "preset",
                    preset,
                    "startPrice",
                    won(startPrice),
                    "duration",
                    "PT" + minutes + "M"));
            if (reserve != null) {
                auction.put("reserve", won(reserve));
            }
            if (buyNow != null) {
                auction.put("buyNow", won(buyNow));
            }
            return auction;
        }
    }

    static DemoGoods read() {
        try (InputStream json = DemoGoods.class.getResourceAsStream("demo.json")) {
            if (json == null) {
                throw new IllegalStateException("demo.json is missing from the class path");
            }
            return Json.STRICT.forType(DemoGoods.class).readValue(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<Lot> titled(String title) {
        return lots.stream().filter(lot -> lot.title().equals(title)).findFirst();
    }

    static Map<String, String> won(long amount) {
        return Map.of("amount", Long.toString(amount), "currency", "KRW");
    }
}
