package dev.gavel.auctions;

import static dev.gavel.auctions.Auctioneer.ANNA;
import static dev.gavel.auctions.Auctioneer.BORA;
import static dev.gavel.auctions.Auctioneer.NOON;
import static dev.gavel.auctions.Auctioneer.won;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.auctions.Auctions.Slice;
import dev.gavel.dynamo.DynamoClients;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.events.AuctionEvent.AcceptedBid;
import dev.gavel.events.AuctionEvent.BidsAccepted;
import dev.gavel.events.Fact;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.UserId;
import dev.gavel.runtime.Settings;
import dev.gavel.testkit.DynamoForTests;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoBiddingsTest {

    @RegisterExtension
    static final DynamoForTests DYNAMO = new DynamoForTests();

    private static final DynamoDbClient CLIENT = DynamoClients.of(Settings.of(DYNAMO.settings()));
    private static final DynamoTables TABLES = DynamoTables.of(DYNAMO.tablePrefix());

    private final Biddings biddings = new DynamoBiddings(CLIENT, TABLES);
    private final UserId bidder =
            new UserId("usr_" + Auctioneer.someId().value().substring(4));

    @BeforeAll
    static void tables() {
        TABLES.create(CLIENT, "bidding");
    }

    @AfterAll
    static void disconnect() {
        CLIENT.close();
    }

    @Test
    void aFactToldTwoHundredTimesHasOneEffect() {
        IndexBidding indexBidding = new IndexBidding(biddings);
        AuctionId auction = Auctioneer.someId();
        BidsAccepted fact = new BidsAccepted(
                auction,
                List.of(
                        new AcceptedBid(1, bidder, won(1_000), bidder, NOON),
                        new AcceptedBid(2, bidder, won(1_000), bidder, NOON)),
                won(1_000),
                bidder,
                null,
                null,
                true,
                2,
                NOON);
        for (int i = 0; i < 200; i++) {
            indexBidding.apply(new Call<>(
                    new Fact<>("/functions/place-bid", 2, NOON, fact), new Caller.Platform("broker"), NOON, "f"));
        }
        assertThat(biddings.of(bidder, 10, null).items()).containsExactly(auction);
    }

    @Test
    void auctionsAreListedPageByPageForTheirBidderOnly() {
        List<AuctionId> auctions = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            AuctionId auction = Auctioneer.someId();
            auctions.add(auction);
            biddings.remember(bidder, auction, 1);
        }
        auctions.sort(Comparator.comparing(AuctionId::value).reversed());
        Slice<AuctionId> first = biddings.of(bidder, 3, null);
        Slice<AuctionId> second = biddings.of(bidder, 3, first.cursor());
        assertThat(first.items()).isEqualTo(auctions.subList(0, 3));
        assertThat(second.items()).isEqualTo(auctions.subList(3, 5));
        assertThat(second.cursor()).isNull();
        assertThat(biddings.of(ANNA, 3, null).items()).isEmpty();
        assertThat(biddings.of(BORA, 3, null).items()).isEmpty();
    }
}
