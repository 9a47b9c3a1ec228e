package dev.gavel.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.auctions.AuctionFunctions;
import dev.gavel.dynamo.DynamoPlatform;
import dev.gavel.orders.OrderFunctions;
import java.util.Objects;
import java.util.function.Function;
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
            Form form = generated.catalogue().form(entry.bean());
            if (entry.http().isPresent()) {
                // Which makes of their texts what it says it does, each other test of a route shows.
                assertThat(form)
                        .usingRecursiveComparison()
                        .ignoringFieldsOfTypes(Function.class)
                        .isEqualTo(Form.of(entry.bean(), entry.command()));
            }
        }
        assertThat(generated.catalogue().names())
                .hasSameSizeAs(Catalogue.of(wiring).useCases());
        assertThat(generated.catalogue().entry("nothing")).isNull();
    }

    @Test
    void theClientOfDynamoDbIsMadeAhead() {
        Generated generated = Objects.requireNonNull(Generated.of(AuctionFunctions.class));
        assertThat(generated.catalogue().ahead())
                .singleElement()
                .isInstanceOf(DynamoPlatform.class)
                .returns("dynamoDbClient", Ahead::bean);
    }

    @Test
    void aWiringBesideAnotherIsReadAgain() {
        assertThat(Generated.of(AuctionFunctions.class, OrderFunctions.class)).isNull();
        assertThat(Generated.of(GeneratedTest.class)).isNull();
    }
}
