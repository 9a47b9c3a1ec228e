package dev.gavel.auctions;

import static dev.gavel.auctions.Auctioneer.NOON;
import static dev.gavel.auctions.Auctioneer.won;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.UserId;
import java.util.List;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/// Model-checks that bidding and closing by several processes at once always look as if they had happened one after
/// another. The naive engine, which checks and then acts, is the control: the same check must catch it.
class SettlementModelTest {

    @Test
    void biddingAndClosingAreLinearizable() {
        options().check(Engine.class);
    }

    @Test
    void checkingAndThenActingIsCaught() {
        assertThatThrownBy(() -> options().check(NaiveEngine.class)).isInstanceOf(LincheckAssertionError.class);
    }

    private static ModelCheckingOptions options() {
        return new ModelCheckingOptions()
                .iterations(12)
                .invocationsPerIteration(120)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(1)
                // Deciding is pure: only the store is shared, so only there does switching threads matter.
                .addGuarantee(forClasses(
                                Ledger.class.getName(),
                                BiddingRules.class.getName(),
                                Auction.class.getName(),
                                Words.class.getName())
                        .allMethods()
                        .ignore());
    }

    /// Every operation is a process of its own that knows nothing yet: what they share is the store.
    @Param(name = "bidder", gen = IntGen.class, conf = "0:1")
    @Param(name = "amount", gen = IntGen.class, conf = "1:4")
    public static class Engine {

        final CellOfOneAuction store = new CellOfOneAuction();

        @Operation
        public String bid(@Param(name = "bidder") int bidder, @Param(name = "amount") int amount) {
            Settlement process = new Settlement(store.id(), store, _ -> {});
            return Words.told(process.settle(List.of(Words.made(bidder, amount)))
                    .answers()
                    .getFirst());
        }

        @Operation
        public String close() {
            while (true) {
                Auction auction = store.find(store.id()).orElseThrow();
                if (auction.ended()) {
                    return Words.result(auction);
                }
                Auction closed = auction.closed(auction.endsAt()).next(1);
                try {
                    store.save(closed, List.of(), List.of());
                    return Words.result(closed);
                } catch (StaleWrite _) {
                    // Somebody bid in the meantime: settle the newer state instead.
                }
            }
        }
    }

    /// What goes in and what comes out, in words that compare.
    static final class Words {

        static Bid made(int bidder, int amount) {
            UserId who = bidder == 0 ? Auctioneer.ANNA : Auctioneer.BORA;
            return new Bid(bidder + "/" + amount, who, won(amount * 1_000L), false, NOON.plusSeconds(1));
        }

        static String told(Outcome<LedgerEntry> outcome) {
            return switch (outcome) {
                case Outcome.Accepted<LedgerEntry>(LedgerEntry entry) ->
                    entry.number() + ". at " + entry.price() + (entry.leads() ? " leading" : " outbid");
                case Outcome.Rejected<LedgerEntry>(var reason) -> reason.detail();
            };
        }

        static String result(Auction auction) {
            return "closed at " + auction.price() + " to " + auction.winner();
        }
    }

    /// The same rules, but what was checked may no longer be true when it acts.
    @Param(name = "bidder", gen = IntGen.class, conf = "0:1")
    @Param(name = "amount", gen = IntGen.class, conf = "1:4")
    public static class NaiveEngine {

        final CellOfOneAuction store = new CellOfOneAuction();

        @Operation
        public String bid(@Param(name = "bidder") int bidder, @Param(name = "amount") int amount) {
            Auction seen = store.find(store.id()).orElseThrow();
            Ledger.Batch decided = new Ledger(seen).decide(List.of(Words.made(bidder, amount)));
            if (!decided.accepted().isEmpty()) {
                store.overwrite(decided.next());
            }
            return Words.told(decided.answers().getFirst());
        }

        @Operation
        public String close() {
            Auction seen = store.find(store.id()).orElseThrow();
            Auction closed = seen.ended() ? seen : seen.closed(seen.endsAt()).next(1);
            store.overwrite(closed);
            return Words.result(closed);
        }
    }
}
