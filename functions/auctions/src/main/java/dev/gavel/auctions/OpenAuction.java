package dev.gavel.auctions;

import dev.gavel.events.AuctionEvent;
import dev.gavel.events.AuctionEvent.AuctionScheduled;
import dev.gavel.events.Fact;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Ids;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.UseCase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Opens an auction now or schedules it, by one of the published presets. Refusals: {@link AuctionRejected}
/// `TermsInvalid`, naming the member that is wrong.
public final class OpenAuction implements UseCase<OpenAuction.Command, AuctionView> {

    /// @param preset the name of the rules; `standard` when absent
    /// @param reserve a hidden price, not below the start price, under which nothing is sold
    /// @param buyNow a price to buy at once, at least 30 % above the start price
    /// @param startsAt absent or past means now; at most 30 days ahead
    /// @param duration from the start to the end, ISO 8601
    public record Command(
            String title,
            @Nullable String description,
            @Nullable String preset,
            Money startPrice,
            @Nullable Money reserve,
            @Nullable Money buyNow,
            @Nullable Instant startsAt,
            Duration duration) {}

    /// How long an auction may last.
    record Limits(Duration shortest, Duration longest) {}

    private static final Duration FURTHEST_START = Duration.ofDays(30);

    private final Auctions auctions;
    private final Presets presets;
    private final Ids ids;
    private final Limits limits;

    OpenAuction(Auctions auctions, Presets presets, Ids ids, Limits limits) {
        this.auctions = auctions;
        this.presets = presets;
        this.ids = ids;
        this.limits = limits;
    }

    @Override
    public Outcome<AuctionView> apply(Call<Command> call) {
        Command command = call.command();
        Instant now = call.receivedAt();
        Optional<Rules> rules = presets.find(command.preset() == null ? "standard" : command.preset());
        if (rules.isEmpty()) {
            return refused("preset", "choose one of " + String.join(", ", presets.names()));
        }
        AuctionRejected problem = problem(command, now);
        if (problem != null) {
            return Outcome.rejected(problem);
        }
        Instant startsAt = command.startsAt() == null || command.startsAt().isBefore(now) ? now : command.startsAt();
        Auction auction = Auction.of(
                new Terms(
                        AuctionId.next(ids),
                        call.user(),
                        command.title().strip(),
                        command.description() == null
                                ? ""
                                : command.description().strip(),
                        rules.get(),
                        command.startPrice(),
                        command.reserve(),
                        command.buyNow(),
                        now,
                        startsAt,
                        startsAt.plus(command.duration())),
                now);
        Auction first = auction.next(1);
        List<Fact<?>> facts = List.of(Fact.of(OpenAuction.class, first.facts(), now, established(auction)));
        String opening = RequestKey.of(call);
        try {
            auctions.add(first, opening, facts);
        } catch (StaleWrite stale) {
            // This very request has opened its auction already, and its answer was lost on the way.
            Auction opened = auctions.openedBy(opening).flatMap(auctions::find).orElseThrow(() -> stale);
            return Outcome.accepted(AuctionView.of(opened, call.caller(), now));
        }
        auctions.announce(facts);
        return Outcome.accepted(AuctionView.of(first, call.caller(), now));
    }

    private static AuctionEvent established(Auction auction) {
        Terms terms = auction.terms();
        return switch (auction.status()) {
            case SCHEDULED ->
                new AuctionScheduled(
                        auction.id(),
                        terms.sellerId(),
                        terms.title(),
                        terms.startPrice(),
                        terms.startsAt(),
                        terms.plannedEndsAt());
            case OPEN, CLOSED, CANCELLED -> Ledger.opened(auction);
        };
    }

    private @Nullable AuctionRejected problem(Command command, Instant now) {
        if (command.title().isBlank() || command.title().length() > 100) {
            return new AuctionRejected.TermsInvalid("title", "give a title of 1 to 100 characters");
        }
        if (command.description() != null && command.description().length() > 10_000) {
            return new AuctionRejected.TermsInvalid("description", "use at most 10,000 characters");
        }
        if (command.duration().compareTo(limits.shortest()) < 0
                || command.duration().compareTo(limits.longest()) > 0) {
            return new AuctionRejected.TermsInvalid(
                    "duration", "choose from " + limits.shortest() + " to " + limits.longest());
        }
        if (command.startsAt() != null && command.startsAt().isAfter(now.plus(FURTHEST_START))) {
            return new AuctionRejected.TermsInvalid("startsAt", "start within the next 30 days");
        }
        return amounts(command);
    }

    private static @Nullable AuctionRejected amounts(Command command) {
        Money start = command.startPrice();
        if (start.minorUnits() <= 0 || start.minorUnits() > BiddingRules.LARGEST_AMOUNT) {
            return new AuctionRejected.TermsInvalid(
                    "startPrice",
                    "ask for " + new Money(1, start.currency()) + " to "
                            + new Money(BiddingRules.LARGEST_AMOUNT, start.currency()));
        }
        for (Money other : new @Nullable Money[] {command.reserve(), command.buyNow()}) {
            if (other != null && !other.currency().equals(start.currency())) {
                return new AuctionRejected.TermsInvalid(
                        other == command.reserve() ? "reserve" : "buyNow", "use the currency of the start price");
            }
            if (other != null && (other.isLessThan(start) || other.minorUnits() > BiddingRules.LARGEST_AMOUNT)) {
                return new AuctionRejected.TermsInvalid(
                        other == command.reserve() ? "reserve" : "buyNow", "do not go below the start price");
            }
        }
        Money buyNow = command.buyNow();
        if (buyNow != null && buyNow.minorUnits() * 10 < start.minorUnits() * 13) {
            return new AuctionRejected.TermsInvalid("buyNow", "stay at least 30 % above the start price");
        }
        if (buyNow != null && command.reserve() != null && buyNow.isLessThan(command.reserve())) {
            return new AuctionRejected.TermsInvalid("buyNow", "do not go below the reserve");
        }
        return null;
    }

    private static Outcome<AuctionView> refused(String member, String detail) {
        return Outcome.rejected(new AuctionRejected.TermsInvalid(member, detail));
    }
}
