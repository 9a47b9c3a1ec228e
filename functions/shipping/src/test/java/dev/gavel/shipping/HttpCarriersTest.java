package dev.gavel.shipping;

import static dev.gavel.shipping.Post.WAYBILL;
import static dev.gavel.shipping.Post.hour;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.events.ParcelEvent.Stage;
import dev.gavel.shipping.Carriers.Found;
import dev.gavel.shipping.Carriers.NotFound;
import dev.gavel.shipping.Carriers.Unknown;
import dev.gavel.simulators.CarrierSimulator;
import dev.gavel.simulators.CarrierSimulator.Mood;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpCarriersTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final CarrierSimulator simulator = new CarrierSimulator();
    private final HttpCarriers carriers = new HttpCarriers(simulator.uri(), CarrierSimulator.TOKEN, TIMEOUT);

    @AfterEach
    void stop() {
        carriers.close();
        simulator.close();
    }

    @Test
    void aNumberIsRegisteredAtFirstAndMoves() throws Exception {
        assertThat(carriers.find(WAYBILL))
                .isInstanceOfSatisfying(
                        Found.class,
                        found -> assertThat(found.stages())
                                .singleElement()
                                .extracting(Passed::stage)
                                .isEqualTo(Stage.REGISTERED));
        simulator.move(WAYBILL.carrier(), WAYBILL.trackingNumber(), "accepted", hour(1));
        assertThat(moved("{\"stage\":\"in-transit\",\"place\":\"옥천HUB\",\"at\":\"2026-11-22T16:00:00Z\"}"))
                .isEqualTo(200);
        assertThat(carriers.find(WAYBILL))
                .isInstanceOfSatisfying(
                        Found.class,
                        found -> assertThat(found.stages())
                                .contains(
                                        Post.passed(Stage.ACCEPTED, 1),
                                        new Passed(Stage.IN_TRANSIT, hour(4), "옥천HUB")));
        assertThat(moved("{\"stage\":\"eaten\"}")).isEqualTo(422);
    }

    @ParameterizedTest
    @CsvSource({
        "BREAK_OFF, CONNECTION",
        "ANSWER_NONSENSE, NOT_JSON_200",
        "BE_IN_TROUBLE, CARRIER_AWAY",
    })
    void whatCannotBeToldIsUnknown(Mood mood, String why) {
        simulator.next(mood);
        assertThat(carriers.find(WAYBILL)).isEqualTo(new Unknown(why));
        assertThat(carriers.find(WAYBILL)).isInstanceOf(Found.class);
    }

    @Test
    void aNumberTheCarrierDoesNotKnowIsNotFound() {
        simulator.next(Mood.KNOW_NOTHING);
        assertThat(carriers.find(WAYBILL)).isEqualTo(new NotFound());
    }

    @Test
    void anAnswerThatNeverComesIsNotWaitedFor() {
        try (HttpCarriers hasty = new HttpCarriers(simulator.uri(), CarrierSimulator.TOKEN, Duration.ofMillis(300))) {
            simulator.next(Mood.NEVER_ANSWER);
            assertThat(hasty.find(WAYBILL)).isInstanceOf(Unknown.class);
        }
    }

    @Test
    void aWrongTokenOfOursSaysNothingAboutTheParcel() {
        try (HttpCarriers stranger = new HttpCarriers(simulator.uri(), "wrong", TIMEOUT)) {
            assertThat(stranger.find(WAYBILL)).isEqualTo(new Unknown("UNAUTHORIZED"));
        }
    }

    private int moved(String body) throws Exception {
        URI address = simulator.uri().resolve("/simulator/parcels/" + WAYBILL);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(address)
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
