package dev.gavel.runtime;

import dev.gavel.events.AnyEvent;
import dev.gavel.events.AuctionEvent;
import dev.gavel.events.Fact;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Tick;
import dev.gavel.kernel.UseCase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The wiring of the samples: every kind of route and trigger once.
@Configuration(proxyBeanMethods = false)
class SampleFunctions {

    /// What the event and tick samples were called with, and what they do.
    static final class Heard {
        final List<Call<?>> calls = new CopyOnWriteArrayList<>();
        volatile Function<Call<?>, Outcome<Done>> next = _ -> Outcome.accepted(Done.ONCE);

        Outcome<Done> hear(Call<?> call) {
            calls.add(call);
            return next.apply(call);
        }
    }

    record FollowAuction(Heard heard) implements UseCase<Fact<AuctionEvent>, Done> {
        @Override
        public Outcome<Done> apply(Call<Fact<AuctionEvent>> call) {
            return heard.hear(call);
        }
    }

    record KeepAnything(Heard heard) implements UseCase<AnyEvent, Done> {
        @Override
        public Outcome<Done> apply(Call<AnyEvent> call) {
            return heard.hear(call);
        }
    }

    record Sweep(Heard heard) implements UseCase<Tick, Done> {
        @Override
        public Outcome<Done> apply(Call<Tick> call) {
            return heard.hear(call);
        }
    }

    @Bean
    Offer.Deeds deeds() {
        return new Offer.Deeds();
    }

    @Bean
    Heard heard() {
        return new Heard();
    }

    @Bean
    IdempotencyRecords idempotencyRecords() {
        return new InMemoryIdempotencyRecords();
    }

    @Bean
    Inbox inbox() {
        return new InMemoryInbox();
    }

    @Bean
    @HttpRoute(value = "POST /v1/auctions/{auctionId}/offers", success = 201)
    Offer offer(Offer.Deeds deeds) {
        return new Offer(deeds);
    }

    @Bean
    @HttpRoute(value = "POST /v1/auctions/{auctionId}/own-offers", repeats = HttpRoute.Repeats.OWN)
    Offer ownOffer(Offer.Deeds deeds) {
        return new Offer(deeds);
    }

    @Bean
    @HttpRoute(value = "POST /v1/auctions/{auctionId}/unkeyed-offers", repeats = HttpRoute.Repeats.NONE)
    Offer unkeyedOffer(Offer.Deeds deeds) {
        return new Offer(deeds);
    }

    @Bean
    @HttpRoute(value = "POST /v1/auctions/{auctionId}/bargains", access = HttpRoute.Access.OPERATOR)
    Offer operatorOffer(Offer.Deeds deeds) {
        return new Offer(deeds);
    }

    @Bean
    @HttpRoute(value = "GET /v1/shelves/{shelf}", access = HttpRoute.Access.ANYONE, cacheSeconds = 30)
    Look look() {
        return new Look();
    }

    @Bean
    @OnEvent({AuctionEvent.AuctionOpened.class, AuctionEvent.AuctionCancelled.class})
    FollowAuction followAuction(Heard heard) {
        return new FollowAuction(heard);
    }

    @Bean
    @OnAnyEvent
    KeepAnything keepAnything(Heard heard) {
        return new KeepAnything(heard);
    }

    @Bean
    @OnTick
    Sweep sweep(Heard heard) {
        return new Sweep(heard);
    }
}
