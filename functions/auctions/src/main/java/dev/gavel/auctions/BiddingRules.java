package dev.gavel.auctions;

import dev.gavel.auctions.Auction.Lead;
import dev.gavel.auctions.Auction.Status;
import dev.gavel.kernel.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Decides one bid against one state of an auction. Pure: the same state and bid always give the same decision, and the
/// server's receipt time is the only time there is.
final class BiddingRules {

    /// Amounts above this are taken for a mistake; it also keeps all arithmetic far from overflow.
    static final long LARGEST_AMOUNT = 1_000_000_000_000L;

    private BiddingRules() {}

    /// What a bid comes to: the state after it and its place in the ledger, or a refusal.
    sealed interface Decision {
        record Taken(Auction auction, LedgerEntry entry) implements Decision {}

        record Refused(BidRejected reason) implements Decision {}
    }

    static Decision decide(Auction auction, Bid bid) {
        BidRejected refusal = refusal(auction, bid);
        if (refusal != null) {
            return new Decision.Refused(refusal);
        }
        Auction open = auction.status() == Status.SCHEDULED ? auction.opened() : auction;
        Auction after = bid.buyNow() ? bought(open, bid) : raised(open, bid);
        Lead lead = after.lead();
        if (lead == null) {
            throw new IllegalStateException("an accepted bid leaves a leader");
        }
        return new Decision.Taken(
                after,
                new LedgerEntry(
                        after.bidCount(),
                        bid,
                        after.price(),
                        lead.bidderId(),
                        after.minimumBid(),
                        after.reserveMet(),
                        after.endsAt()));
    }

    private static @Nullable BidRejected refusal(Auction auction, Bid bid) {
        Terms terms = auction.terms();
        Money amount = bid.amount();
        if (bid.bidderId().equals(terms.sellerId())) {
            return new BidRejected.OwnAuction();
        }
        if (!amount.currency().equals(auction.price().currency())) {
            return new BidRejected.WrongCurrency(auction.price().currency());
        }
        if (amount.minorUnits() <= 0 || amount.minorUnits() > LARGEST_AMOUNT) {
            return new BidRejected.AmountOutOfRange(
                    new Money(1, amount.currency()), new Money(LARGEST_AMOUNT, amount.currency()));
        }
        if (auction.status() == Status.CANCELLED) {
            return new BidRejected.AuctionCancelled();
        }
        if (auction.ended() || !bid.receivedAt().isBefore(auction.endsAt())) {
            return new BidRejected.AuctionEnded(auction.endsAt());
        }
        if (bid.receivedAt().isBefore(terms.startsAt())) {
            return new BidRejected.NotStarted(terms.startsAt());
        }
        return bid.buyNow() ? buyNowRefusal(auction, amount) : tooLow(auction, bid);
    }

    private static @Nullable BidRejected buyNowRefusal(Auction auction, Money amount) {
        Money price = auction.availableBuyNow();
        if (price == null) {
            return new BidRejected.BuyNowGone();
        }
        return amount.equals(price) ? null : new BidRejected.BuyNowPriceDiffers(price);
    }

    private static @Nullable BidRejected tooLow(Auction auction, Bid bid) {
        Lead lead = auction.lead();
        Money minimum = lead != null
                        && auction.terms().rules().proxy()
                        && lead.bidderId().equals(bid.bidderId())
                ? lead.maximum().plus(1)
                : auction.minimumBid();
        return bid.amount().isLessThan(minimum) ? new BidRejected.TooLow(minimum) : null;
    }

    private static Auction bought(Auction auction, Bid bid) {
        return auction.ledBy(new Lead(bid.bidderId(), bid.amount()), bid.amount(), auction.endsAt())
                .closed(bid.receivedAt());
    }

    private static Auction raised(Auction auction, Bid bid) {
        Lead lead = leadAfter(auction, bid);
        Money price = priceAfter(auction, bid);
        Instant endsAt = price.equals(auction.price()) && auction.lead() != null
                ? auction.endsAt()
                : endAfter(auction, bid.receivedAt());
        return auction.ledBy(lead, price, endsAt);
    }

    /// The higher maximum leads; of two equal ones the earlier.
    private static Lead leadAfter(Auction auction, Bid bid) {
        Lead lead = auction.lead();
        if (lead != null
                && auction.terms().rules().proxy()
                && !lead.bidderId().equals(bid.bidderId())
                && lead.maximum().isAtLeast(bid.amount())) {
            return lead;
        }
        return new Lead(bid.bidderId(), bid.amount());
    }

    private static Money priceAfter(Auction auction, Bid bid) {
        if (!auction.terms().rules().proxy()) {
            return bid.amount();
        }
        Lead lead = auction.lead();
        Money price;
        if (lead == null || lead.bidderId().equals(bid.bidderId())) {
            price = auction.price();
        } else if (lead.maximum().isAtLeast(bid.amount())) {
            price = lead.maximum().min(oneStepAbove(auction, bid.amount()));
        } else {
            price = bid.amount().min(oneStepAbove(auction, lead.maximum()));
        }
        // Whoever is willing to pay the reserve pays it: the price jumps straight to it.
        Money reserve = auction.terms().reserve();
        return reserve != null && bid.amount().isAtLeast(reserve) ? price.max(reserve) : price;
    }

    private static Money oneStepAbove(Auction auction, Money amount) {
        return amount.plus(auction.terms().rules().increments().at(amount.minorUnits()));
    }

    private static Instant endAfter(Auction auction, Instant receivedAt) {
        Rules.SoftClose softClose = auction.terms().rules().softClose();
        if (softClose == null || receivedAt.isBefore(auction.endsAt().minus(softClose.window()))) {
            return auction.endsAt();
        }
        Instant extended = auction.endsAt().plus(softClose.extension());
        Instant latest = auction.terms().plannedEndsAt().plus(softClose.limit());
        return extended.isAfter(latest) ? auction.endsAt() : extended;
    }
}
