package dev.gavel.auctions;

import dev.gavel.events.AuctionEvent.AcceptedBid;
import dev.gavel.events.AuctionEvent.BidsAccepted;
import dev.gavel.events.Fact;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import dev.gavel.kernel.UserId;
import java.util.HashMap;
import java.util.Map;

/// Keeps the list of auctions each bidder has bid on up to date with the accepted bids.
public final class IndexBidding implements UseCase<Fact<BidsAccepted>, Done> {

    private final Biddings biddings;

    IndexBidding(Biddings biddings) {
        this.biddings = biddings;
    }

    @Override
    public Outcome<Done> apply(Call<Fact<BidsAccepted>> call) {
        BidsAccepted fact = call.command().data();
        Map<UserId, Long> newest = new HashMap<>();
        for (AcceptedBid bid : fact.bids()) {
            newest.merge(bid.bidderId(), bid.number(), Math::max);
        }
        newest.forEach((bidder, number) -> biddings.remember(bidder, fact.auctionId(), number));
        return Outcome.accepted(new Done(newest.size()));
    }
}
