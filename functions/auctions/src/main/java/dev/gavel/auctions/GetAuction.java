package dev.gavel.auctions;

import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Shows one auction in its newest committed state. Refusals: {@link AuctionRejected} `Unknown`.
public final class GetAuction implements UseCase<GetAuction.Query, AuctionView> {

    public record Query(AuctionId auctionId) {}

    private final Auctions auctions;
    private final Offers offers;

    GetAuction(Auctions auctions, Offers offers) {
        this.auctions = auctions;
        this.offers = offers;
    }

    @Override
    public Outcome<AuctionView> apply(Call<Query> call) {
        return auctions.find(call.command().auctionId())
                .map(auction -> Outcome.accepted(
                        AuctionView.of(auction, call.caller(), call.receivedAt(), productRevisedAt(auction))))
                .orElseGet(() -> Outcome.rejected(new AuctionRejected.Unknown()));
    }

    private @Nullable Instant productRevisedAt(Auction auction) {
        return Optional.ofNullable(auction.terms().productId())
                .flatMap(offers::find)
                .map(offer -> offer.revisedAt(auction.id()))
                .orElse(null);
    }
}
