package dev.gavel.auctions;

import static dev.gavel.auctions.Auctioneer.ANNA;
import static dev.gavel.auctions.Auctioneer.BORA;
import static dev.gavel.auctions.Auctioneer.auction;
import static dev.gavel.auctions.Auctioneer.bid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.dynamo.DynamoClients;
import dev.gavel.dynamo.DynamoOutbox;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.events.AuctionEvent;
import dev.gavel.events.AuctionEvent.BidsAccepted;
import dev.gavel.runtime.Settings;
import dev.gavel.testkit.DynamoForTests;
import dev.gavel.testkit.RecordingFactPublisher;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoAuctionsTest implements AuctionsContract {

    @RegisterExtension
    static final DynamoForTests DYNAMO = new DynamoForTests();

    private static final DynamoDbClient CLIENT = DynamoClients.of(Settings.of(DYNAMO.settings()));

    private final RecordingFactPublisher broker = new RecordingFactPublisher();
    private final DynamoTables tables = DynamoTables.of(DYNAMO.tablePrefix() + UUID.randomUUID() + "-");
    private final DynamoOutbox outbox = new DynamoOutbox(CLIENT, tables, broker, "auctions");

    @AfterAll
    static void disconnect() {
        CLIENT.close();
    }

    @Override
    public Auctions auctions() {
        tables.create(CLIENT, "auctions", "outbox");
        return new DynamoAuctions(CLIENT, tables, outbox);
    }

    @Test
    void whatIsDueInOneShardIsReadBeyondItsFirstPage() {
        Auctions auctions = auctions();
        List<Auction> ofOneShard = Stream.generate(() -> auction("standard").next(1))
                .filter(auction -> Math.floorMod(auction.id().hashCode(), 4) == 0)
                .limit(260)
                .toList();
        ofOneShard.forEach(auction -> auctions.add(auction, "opens " + auction.id(), List.of()));
        assertThat(auctions.due(Auction.Status.OPEN, Auctioneer.NOON.plusSeconds(86_400), 1_000))
                .containsExactlyInAnyOrderElementsOf(
                        ofOneShard.stream().map(Auction::id).toList());
    }

    @Test
    void whatACrashLeftUnannouncedIsSweptLater() {
        Auctions auctions = auctions();
        Auction first = auction("standard").next(1);
        auctions.add(first, "opening", List.of());
        Ledger.Batch batch = new Ledger(first).decide(List.of(bid(ANNA, 5_000), bid(BORA, 6_000)));
        auctions.save(batch.next(), batch.accepted(), batch.facts());
        assertThat(broker.facts()).isEmpty();

        outbox.sweep(Auctioneer.NOON.plusSeconds(86_400), 100);

        assertThat(broker.facts(BidsAccepted.class))
                .singleElement()
                .satisfies(fact -> assertThat(fact.bids())
                        .extracting(AuctionEvent.AcceptedBid::number)
                        .containsExactly(1L, 2L));
    }
}
