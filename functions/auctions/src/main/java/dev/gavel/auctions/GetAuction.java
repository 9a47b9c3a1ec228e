package dev.gavel.auctions;

import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;

/// Shows one auction in its newest committed state. Refusals: {@link AuctionRejected} `Unknown`.
public final class GetAuction implements UseCase<GetAuction.Query, AuctionView> {

    public record Query(AuctionId auctionId) {}

    private final Auctions auctions;

    GetAuction(Auctions auctions) {
        this.auctions = auctions;
    }

    @Override
    public Outcome<AuctionView> apply(Call<Query> call) {
        return auctions.find(call.command().auctionId())
                .map(auction -> Outcome.accepted(AuctionView.of(auction, call.caller(), call.receivedAt())))
                .orElseGet(() -> Outcome.rejected(new AuctionRejected.Unknown()));
    }
}
