package dev.gavel.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnlySelectedTest {

    @Test
    void theOtherFunctionIsNotMadeAndItsRouteIsUnknown() {
        int before = Look.MADE.get();
        try (FunctionHost host = FunctionHost.start(HostOptions.of("offer"), SampleFunctions.class);
                Client client = new Client(host)) {
            assertThat(client.get("/v1/shelves/a").statusCode()).isEqualTo(404);
            assertThat(Look.MADE.get()).isEqualTo(before);
            assertThatThrownBy(() -> host.bean(Look.class)).hasMessageContaining("No qualifying bean");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"offer,look", "offer;look", " look , offer "})
    void severalMayBeSelected(String definition) {
        try (FunctionHost host = FunctionHost.start(HostOptions.of(definition), SampleFunctions.class);
                Client client = new Client(host)) {
            assertThat(client.get("/v1/shelves/a").statusCode()).isEqualTo(200);
            assertThat(client.get("/v1/auctions/x/offers").statusCode()).isEqualTo(405);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ofer", "offer|look", "deeds", "offer,nothing"})
    void aDefinitionThatNamesNoFunctionSaysWhichThereAre(String definition) {
        assertThatThrownBy(() -> FunctionHost.start(HostOptions.of(definition), SampleFunctions.class))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("none of the functions here: followAuction, keepAnything, look, offer");
    }

    @Test
    void anEmptyDefinitionIsNotGuessed() {
        assertThatThrownBy(() -> FunctionHost.start(HostOptions.of(""), SampleFunctions.class))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("must name one of");
    }
}
