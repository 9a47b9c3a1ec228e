package dev.gavel.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.auctions.AuctionFunctions;
import dev.gavel.orders.OrderFunctions;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a function starts with says the same as what it was made from.
class GeneratedTest {

    @ParameterizedTest
    @MethodSource("dev.gavel.images.Context#wirings")
    void theCatalogueIsThatOfTheAnnotations(Class<?> wiring) {
        Generated generated = Objects.requireNonNull(Generated.of(wiring), "it is made when the module is built");
        for (Catalogue.Entry entry : Catalogue.of(wiring).useCases()) {
            assertThat(generated.catalogue().entry(entry.bean())).isEqualTo(entry);
            assertThat(generated.catalogue().names()).contains(entry.bean());
        }
        assertThat(generated.catalogue().names())
                .hasSameSizeAs(Catalogue.of(wiring).useCases());
        assertThat(generated.catalogue().entry("nothing")).isNull();
    }

    @Test
    void aWiringBesideAnotherIsReadAgain() {
        assertThat(Generated.of(AuctionFunctions.class, OrderFunctions.class)).isNull();
        assertThat(Generated.of(GeneratedTest.class)).isNull();
    }
}
