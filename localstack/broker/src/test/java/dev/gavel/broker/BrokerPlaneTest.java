package dev.gavel.broker;

import static dev.gavel.broker.Playground.await;
import static dev.gavel.broker.Playground.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gavel.backends.Backends;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class BrokerPlaneTest {
    private static final Addresses NOBODY = subscriber -> {
        throw new IllegalStateException(subscriber.name() + " is not there");
    };

    @Test
    void aFunctionThatComesBackOnAnotherPortIsFound() throws InterruptedException {
        var yaml = Playground.broker("bids", 1).replace("NS", "moving")
                + Playground.trigger(
                                "mover",
                                "bids",
                                "delivery: {retry: 10000, backoffPolicy: linear, backoffDelay: PT0.001S}")
                        .replace("NS", "moving");
        try (var first = new Inbox();
                var second = new Inbox()) {
            var address = new AtomicReference<URI>();
            var options = BrokerPlane.Options.of(KafkaForTests.bootstrap(), Playground.manifests(yaml), _ -> {
                if (address.get() == null) {
                    throw new IllegalStateException("it starts");
                }
                return address.get();
            });
            try (var plane = BrokerPlane.start(options);
                    var client = HttpClient.newHttpClient()) {
                address.set(first.at("mover"));
                post(client, plane, "one");
                await().until(() -> first.at("/mover", "one").size() == 1);
                address.set(null);
                post(client, plane, "two");
                await().until(() -> plane.snapshot()
                                .trigger("moving", "mover")
                                .orElseThrow()
                                .retried()
                        > 0);
                address.set(second.at("mover"));
                await().until(() -> second.at("/mover", "two").size() == 1);
                assertThat(first.at("/mover", "two")).isEmpty();
            }
        }
    }

    @Test
    void withoutKafkaTheIngressSays503() throws InterruptedException {
        var yaml = (Playground.broker("bids", 1) + Playground.trigger("t", "bids", "")).replace("NS", "dark");
        var kafka = Backends.start(Backends.Options.of("kafka"));
        var options =
                BrokerPlane.Options.of(kafka.endpoint("kafka").getAuthority(), Playground.manifests(yaml), NOBODY);
        try (var plane = BrokerPlane.start(options);
                var client = HttpClient.newHttpClient()) {
            assertThat(status(client, plane, "dark", "light")).as("the control").isEqualTo(202);
            kafka.close();
            assertThat(status(client, plane, "dark", "gone")).isEqualTo(503);
            assertThat(plane.snapshot().ingress()).isEqualTo(new Snapshot.IngressNumbers(1, 0, 1));
        } finally {
            kafka.close();
        }
    }

    @Test
    void aTakenPortAndAWrongKafkaAreOneSentence() throws InterruptedException {
        var manifests = Playground.manifests("");
        var options = BrokerPlane.Options.of(KafkaForTests.bootstrap(), manifests, NOBODY);
        try (var plane = BrokerPlane.start(options)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> BrokerPlane.start(options.withPort(plane.port())))
                    .withMessageContaining("cannot listen on port " + plane.port());
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> BrokerPlane.start(BrokerPlane.Options.of("no-host-at-all", manifests, NOBODY)))
                .withMessageContaining("cannot use Kafka at 'no-host-at-all'");
    }

    @Test
    void closingTwiceIsHarmless() throws InterruptedException {
        var plane =
                BrokerPlane.start(BrokerPlane.Options.of(KafkaForTests.bootstrap(), Playground.manifests(""), NOBODY));
        plane.close();
        plane.close();
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
            try (var client = HttpClient.newHttpClient()) {
                status(client, plane, "any", "one");
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        });
    }

    private static void post(HttpClient client, BrokerPlane plane, String id) throws InterruptedException {
        assertThat(status(client, plane, "moving", id)).isEqualTo(202);
    }

    private static int status(HttpClient client, BrokerPlane plane, String namespace, String id)
            throws InterruptedException {
        var request = HttpRequest.newBuilder(plane.ingress(namespace, "bids"));
        HttpEvents.write(event("t").withId(id).build(), request);
        try {
            return client.send(request.build(), BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
