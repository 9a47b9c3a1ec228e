package dev.gavel.auctions;

import dev.gavel.events.AuctionEvent;
import dev.gavel.events.AuctionEvent.AuctionScheduled;
import dev.gavel.events.Fact;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Ids;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.Rejection;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.UseCase;
import dev.gavel.kernel.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Opens an auction now or schedules it, by one of the published presets. It sells what the caller describes, or a
/// product of the catalog, whose description is copied: what the catalog says later changes no auction. A product is
/// sold by one auction at a time. Refusals: {@link AuctionRejected} `TermsInvalid`, naming the member that is wrong,
/// and {@link ProductRejected}.
public final class OpenAuction implements UseCase<OpenAuction.Command, AuctionView> {

    /// @param title needed unless `productId` is given, which excludes title and description
    /// @param preset the name of the rules; `standard` when absent
    /// @param reserve a hidden price, not below the start price, under which nothing is sold
    /// @param buyNow a price to buy at once, at least 30 % above the start price
    /// @param startsAt absent or past means now; at most 30 days ahead
    /// @param duration from the start to the end, ISO 8601
    public record Command(
            @Nullable String title,
            @Nullable String description,
            @Nullable String preset,
            Money startPrice,
            @Nullable Money reserve,
            @Nullable Money buyNow,
            @Nullable Instant startsAt,
            Duration duration,
            @Nullable ProductId productId) {}

    /// How long an auction may last.
    record Limits(Duration shortest, Duration longest) {}

    private static final Duration FURTHEST_START = Duration.ofDays(30);

    /// What is sold.
    private record Subject(String title, String description, Terms.@Nullable Item item) {}

    private final Auctions auctions;
    private final Offers offers;
    private final Presets presets;
    private final Ids ids;
    private final Limits limits;

    OpenAuction(Auctions auctions, Offers offers, Presets presets, Ids ids, Limits limits) {
        this.auctions = auctions;
        this.offers = offers;
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
        return switch (subject(command, call.user())) {
            case Outcome.Accepted<Subject>(Subject subject) -> opened(call, rules.get(), subject);
            case Outcome.Rejected<Subject>(Rejection reason) -> Outcome.rejected(reason);
        };
    }

    private Outcome<Subject> subject(Command command, UserId seller) {
        if (command.productId() == null) {
            String title = Objects.requireNonNull(command.title());
            String description = command.description() == null ? "" : command.description();
            return Outcome.accepted(new Subject(title.strip(), description.strip(), null));
        }
        Optional<Offer> found = offers.find(command.productId());
        if (found.isEmpty()) {
            return Outcome.rejected(new ProductRejected.Unknown());
        }
        Offer offer = found.get();
        if (!offer.sellerId().equals(seller)) {
            return Outcome.rejected(new ProductRejected.SomeoneElses());
        }
        if (offer.withdrawn()) {
            return Outcome.rejected(new ProductRejected.Withdrawn());
        }
        Terms.Item item = new Terms.Item(offer.productId(), offer.category(), offer.pictures());
        return Outcome.accepted(new Subject(offer.title(), offer.description(), item));
    }

    private Outcome<AuctionView> opened(Call<Command> call, Rules rules, Subject subject) {
        Command command = call.command();
        Instant now = call.receivedAt();
        Instant startsAt = command.startsAt() == null || command.startsAt().isBefore(now) ? now : command.startsAt();
        Auction auction = Auction.of(
                new Terms(
                        AuctionId.next(ids),
                        call.user(),
                        subject.title(),
                        subject.description(),
                        rules,
                        command.startPrice(),
                        command.reserve(),
                        command.buyNow(),
                        now,
                        startsAt,
                        startsAt.plus(command.duration()),
                        subject.item()),
                now);
        Auction first = auction.next(1);
        List<Fact<?>> facts = List.of(Fact.of(OpenAuction.class, first.facts(), now, established(auction)));
        String opening = RequestKey.of(call);
        try {
            auctions.add(first, opening, facts);
        } catch (StaleWrite stale) {
            // This very request has opened its auction already, and its answer was lost on the way.
            Optional<Auction> opened = auctions.openedBy(opening).flatMap(auctions::find);
            if (opened.isPresent()) {
                return Outcome.accepted(AuctionView.of(opened.get(), call.caller(), now));
            }
            AuctionId selling = Optional.ofNullable(command.productId())
                    .flatMap(auctions::selling)
                    .orElseThrow(() -> stale);
            return Outcome.rejected(new ProductRejected.OnSale(selling));
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
                        terms.plannedEndsAt(),
                        terms.productId());
            case OPEN, CLOSED, CANCELLED -> Ledger.opened(auction);
        };
    }

    private @Nullable AuctionRejected problem(Command command, Instant now) {
        if ((command.title() == null) == (command.productId() == null)) {
            return new AuctionRejected.TermsInvalid("title", "send either a title or the productId of a product");
        }
        if (command.productId() != null && command.description() != null) {
            return new AuctionRejected.TermsInvalid("description", "leave it out: the product has its own");
        }
        if (command.title() != null
                && (command.title().isBlank() || command.title().length() > 100)) {
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
