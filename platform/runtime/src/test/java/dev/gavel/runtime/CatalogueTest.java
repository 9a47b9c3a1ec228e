package dev.gavel.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.events.AuctionEvent;
import dev.gavel.events.Fact;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Tick;
import dev.gavel.kernel.UseCase;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

class CatalogueTest {

    @Test
    void itKnowsEveryUseCaseWithoutMakingOne() {
        int before = Look.MADE.get();
        Catalogue catalogue = Catalogue.of(SampleFunctions.class);
        assertThat(catalogue.useCases())
                .extracting(Catalogue.Entry::service)
                .containsExactly(
                        "follow-auction",
                        "keep-anything",
                        "look",
                        "offer",
                        "operator-offer",
                        "own-offer",
                        "sweep",
                        "unkeyed-offer");
        Catalogue.Entry offer = catalogue.find("offer").orElseThrow();
        assertThat(offer.useCase()).isEqualTo(Offer.class);
        assertThat(offer.command()).isEqualTo(Offer.Command.class);
        assertThat(offer.answer()).isEqualTo(Offer.Receipt.class);
        assertThat(offer.http())
                .contains(new Catalogue.Resource(
                        "POST",
                        "/v1/auctions/{auctionId}/offers",
                        HttpRoute.Access.USER,
                        HttpRoute.Repeats.STORED,
                        201,
                        0));
        assertThat(catalogue.find("followAuction").orElseThrow().events())
                .containsExactly(AuctionEvent.AuctionOpened.class, AuctionEvent.AuctionCancelled.class);
        assertThat(catalogue.find("sweep").orElseThrow().tick()).isTrue();
        assertThat(catalogue.find("keepAnything").orElseThrow().anyEvent()).isTrue();
        assertThat(catalogue.find("sweep").orElseThrow().anyEvent()).isFalse();
        assertThat(Look.MADE.get()).isEqualTo(before);
    }

    @Import(SampleFunctions.class)
    static class Importing {
        @Bean
        @HttpRoute("GET /v2/shelves/{shelf}")
        Look look() {
            return new Look();
        }
    }

    @Test
    void whatIsDeclaredIsFoundWithoutReadingTheRest() {
        Catalogue all = Catalogue.of(SampleFunctions.class);
        Catalogue.Declarations declared = new Catalogue.Declarations() {
            @Override
            public Set<String> names() {
                return Set.of("offer", "sweep");
            }

            @Override
            public Catalogue.@Nullable Entry entry(String name) {
                return names().contains(name) ? all.find(name).orElseThrow() : null;
            }

            @Override
            public @Nullable Form form(String name) {
                return null;
            }

            @Override
            public List<Ahead<?>> ahead() {
                return List.of();
            }
        };
        assertThat(Catalogue.of(declared, "sweep, offer").orElseThrow().useCases())
                .isEqualTo(List.of(
                        all.find("offer").orElseThrow(), all.find("sweep").orElseThrow()));
        assertThat(Catalogue.of(declared, "offer,ofer")).isEmpty();
        assertThat(Catalogue.of(declared, "")).isEmpty();
    }

    @Test
    void importsAreReadAndReplaced() {
        Catalogue catalogue = Catalogue.of(Importing.class);
        assertThat(catalogue.find("offer")).isPresent();
        assertThat(catalogue.find("look").flatMap(Catalogue.Entry::http))
                .map(Catalogue.Resource::path)
                .contains("/v2/shelves/{shelf}");
    }

    static class BadRoute {
        @Bean
        @HttpRoute("POST v1")
        Look look() {
            return new Look();
        }
    }

    static class NoUseCase {
        @Bean
        @OnTick
        String tick() {
            return "";
        }
    }

    static class NoFact {
        @Bean
        @OnEvent(AuctionEvent.AuctionOpened.class)
        Look look() {
            return new Look();
        }
    }

    static class NoTick {
        @Bean
        @OnTick
        UseCase<Fact<AuctionEvent>, Done> follow() {
            return _ -> dev.gavel.kernel.Outcome.accepted(Done.ONCE);
        }
    }

    static class NoAnyEvent {
        @Bean
        @OnAnyEvent
        UseCase<Tick, Done> follow() {
            return _ -> dev.gavel.kernel.Outcome.accepted(Done.ONCE);
        }
    }

    static class Good {
        @Bean
        @OnTick
        UseCase<Tick, Done> follow() {
            return _ -> dev.gavel.kernel.Outcome.accepted(Done.ONCE);
        }
    }

    @Test
    void aContradictionIsSaid() {
        assertThat(Catalogue.of(Good.class).useCases()).hasSize(1);
        assertThatThrownBy(() -> Catalogue.of(BadRoute.class)).hasMessageContaining("must look like");
        assertThatThrownBy(() -> Catalogue.of(NoUseCase.class)).hasMessageContaining("must be a UseCase");
        assertThatThrownBy(() -> Catalogue.of(NoFact.class)).hasMessageContaining("must be a Fact");
        assertThatThrownBy(() -> Catalogue.of(NoTick.class)).hasMessageContaining("must be a Tick");
        assertThatThrownBy(() -> Catalogue.of(NoAnyEvent.class)).hasMessageContaining("must be an AnyEvent");
    }

    static class NoSuchVariable {
        @Bean
        @HttpRoute("GET /v1/{shlf}")
        Look look() {
            return new Look();
        }
    }

    @Test
    void aPathVariableWithoutAComponentIsSaid() {
        assertThatThrownBy(() -> FunctionHost.start(HostOptions.of("look"), NoSuchVariable.class))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("{shlf}");
    }
}
