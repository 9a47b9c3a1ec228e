package dev.gavel.dynamo;

import static dev.gavel.dynamo.DynamoItems.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gavel.kernel.Unavailable;
import dev.gavel.runtime.Settings;
import dev.gavel.testkit.DynamoForTests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoListingTest {

    @RegisterExtension
    static final DynamoForTests dynamo = new DynamoForTests();

    static final Settings settings = Settings.of(dynamo.settings());
    static final DynamoTables tables = DynamoTables.of(settings);
    static final DynamoDbClient client = DynamoClients.of(settings);

    static final DynamoListing ofTable = DynamoListing.ofTable(client, tables.name("bidding"), "bidderId", "auctionId");
    static final DynamoListing ofIndex =
            DynamoListing.ofIndex(client, tables.name("products"), "by-seller", "sellerId", "shownAt");

    @BeforeAll
    static void items() {
        tables.create(client, "bidding", "products");
        for (String at : List.of("1", "2", "3", "4", "5", "6")) {
            put("bidding", Map.of("bidderId", s("anna"), "auctionId", s(at)));
            put("products", Map.of("id", s("p" + at), "sellerId", s("anna"), "shownAt", s(at), "title", s("chair")));
        }
        put("bidding", Map.of("bidderId", s("bora"), "auctionId", s("7")));
        put("products", Map.of("id", s("p7"), "sellerId", s("bora"), "shownAt", s("7")));
    }

    @Test
    void pagesFollowEachOtherInBothDirections() {
        assertThat(walk("anna", 4, true)).containsExactly(List.of("1", "2", "3", "4"), List.of("5", "6"));
        assertThat(walk("anna", 4, false)).containsExactly(List.of("6", "5", "4", "3"), List.of("2", "1"));
    }

    @Test
    void aLastPageThatIsFullHasNoCursor() {
        assertThat(walk("anna", 3, true)).containsExactly(List.of("1", "2", "3"), List.of("4", "5", "6"));
        assertThat(walk("anna", 6, false)).containsExactly(List.of("6", "5", "4", "3", "2", "1"));
    }

    @Test
    void aListOfNothingIsOneEmptyPage() {
        assertThat(ofTable.ascending("nobody", 3, null)).isEqualTo(new DynamoPage<>(List.of(), null));
    }

    @Test
    void anIndexListsWhatItCarries() {
        DynamoPage<Map<String, AttributeValue>> page = ofIndex.descending("anna", 2, "5");
        assertThat(page.rows())
                .containsExactly(
                        Map.of("id", s("p4"), "sellerId", s("anna"), "shownAt", s("4")),
                        Map.of("id", s("p3"), "sellerId", s("anna"), "shownAt", s("3")));
        assertThat(page.cursor()).isEqualTo("3");
    }

    @Test
    void anAnswerThatEndsEarlyForItsSizeHasACursor() throws IOException {
        String key = "{\"bidderId\":{\"S\":\"anna\"},\"auctionId\":{\"S\":\"1\"}}";
        try (var server = new CannedDynamo(200, "{\"Items\":[" + key + "],\"LastEvaluatedKey\":" + key + "}");
                var canned = server.client()) {
            var page = DynamoListing.ofTable(canned, "bidding", "bidderId", "auctionId")
                    .ascending("anna", 100, null);
            assertThat(page.rows()).hasSize(1);
            assertThat(page.cursor()).isEqualTo("1");
        }
    }

    @Test
    void aPageHasRoomForOne() {
        assertThatIllegalArgumentException().isThrownBy(() -> ofTable.ascending("anna", 0, null));
    }

    @Test
    void anIndexThatIsMissingIsUnavailableAndNamed() {
        var missing = DynamoListing.ofIndex(client, "no-such-table", "by-price", "sellerId", "price");
        assertThatExceptionOfType(Unavailable.class)
                .isThrownBy(() -> missing.ascending("anna", 1, null))
                .withMessageContaining("no-such-table by-price");
    }

    private static List<List<String>> walk(String list, int limit, boolean ascending) {
        List<List<String>> pages = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            var page = ascending ? ofTable.ascending(list, limit, cursor) : ofTable.descending(list, limit, cursor);
            pages.add(page.map(item -> DynamoItems.text(item, "auctionId")).rows());
            cursor = page.cursor();
        } while (cursor != null);
        return pages;
    }

    private static void put(String table, Map<String, AttributeValue> item) {
        client.putItem(put -> put.tableName(tables.name(table)).item(item));
    }
}
