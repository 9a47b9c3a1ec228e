package dev.gavel.auctions;

import dev.gavel.events.AuctionEvent.AuctionCancelled;
import dev.gavel.events.Fact;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes an auction back before it ends. The seller may do so as long as nobody has bid, and with bids until 12 hours
/// before the end; an operator may always. Cancelling again changes nothing. Refusals: {@link AuctionRejected}.
public final class CancelAuction implements UseCase<CancelAuction.Command, AuctionView> {

    private static final Duration NOTICE = Duration.ofHours(12);

    public record Command(AuctionId auctionId, String reason) {}

    private final Auctions auctions;

    CancelAuction(Auctions auctions) {
        this.auctions = auctions;
    }

    @Override
    public Outcome<AuctionView> apply(Call<Command> call) {
        Command command = call.command();
        Instant now = call.receivedAt();
        if (command.reason().isBlank() || command.reason().length() > 500) {
            return Outcome.rejected(
                    new AuctionRejected.TermsInvalid("reason", "tell bidders why, in 1 to 500 characters"));
        }
        Optional<Auction> found = auctions.find(command.auctionId());
        if (found.isEmpty()) {
            return Outcome.rejected(new AuctionRejected.Unknown());
        }
        Auction auction = found.get();
        AuctionRejected refusal = refusal(auction, call.caller(), now);
        if (refusal != null) {
            return Outcome.rejected(refusal);
        }
        if (auction.status() == Auction.Status.CANCELLED) {
            return Outcome.accepted(AuctionView.of(auction, call.caller(), now));
        }
        Auction cancelled = auction.cancelled(now, command.reason().strip()).next(1);
        List<Fact<?>> facts = List.of(Fact.of(
                CancelAuction.class,
                cancelled.facts(),
                now,
                new AuctionCancelled(
                        auction.id(),
                        auction.terms().sellerId(),
                        command.reason().strip(),
                        now,
                        auction.terms().productId())));
        auctions.save(cancelled, List.of(), facts);
        auctions.announce(facts);
        return Outcome.accepted(AuctionView.of(cancelled, call.caller(), now));
    }

    private static @Nullable AuctionRejected refusal(Auction auction, Caller caller, Instant now) {
        boolean operator = caller instanceof Caller.User(var _, Set<String> roles) && roles.contains("operator");
        if (!operator && !AuctionView.is(caller, auction.terms().sellerId())) {
            return new AuctionRejected.SomeoneElses();
        }
        if (auction.status() == Auction.Status.CANCELLED) {
            return null;
        }
        if (auction.ended() || !now.isBefore(auction.endsAt())) {
            return new AuctionRejected.AlreadyEnded(auction.endsAt());
        }
        Instant until = auction.endsAt().minus(NOTICE);
        return !operator && auction.lead() != null && now.isAfter(until)
                ? new AuctionRejected.TooLateToCancel(until)
                : null;
    }
}
