package dev.gavel.operations;

import static dev.gavel.operations.Letters.DESTINATION;
import static dev.gavel.operations.Letters.NOON;
import static dev.gavel.operations.Letters.OPERATOR;
import static dev.gavel.operations.Letters.TYPE;
import static dev.gavel.operations.Letters.byOperator;
import static dev.gavel.operations.Letters.delivered;
import static dev.gavel.operations.Letters.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.events.AnyEvent;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Rejection;
import dev.gavel.kernel.Unavailable;
import dev.gavel.operations.DeadLetter.State;
import dev.gavel.runtime.EventPublisher;
import dev.gavel.runtime.Measures;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class UseCasesTest {

    private record Sent(String broker, AnyEvent event) {}

    private final InMemoryDeadLetters letters = new InMemoryDeadLetters();
    private final List<Sent> sent = new ArrayList<>();
    private final KeepDeadLetter keep = new KeepDeadLetter(letters, new Measures());
    private final ListDeadLetters list = new ListDeadLetters(letters);
    private Runnable onItsWay = () -> {};
    private final EventPublisher publisher = (broker, event) -> {
        onItsWay.run();
        sent.add(new Sent(broker, event));
    };
    private final RedeliverDeadLetter redeliver = new RedeliverDeadLetter(letters, publisher);

    private void arrives(AnyEvent event) {
        assertThat(keep.apply(delivered(event, NOON))).isInstanceOf(Outcome.Accepted.class);
    }

    private List<DeadLetterView> listed() {
        return accepted(list.apply(byOperator(new ListDeadLetters.Query(null, null), NOON)))
                .deadLetters();
    }

    private Outcome<RedeliverDeadLetter.Receipt> redelivered(DeadLetterId id) {
        return redeliver.apply(byOperator(new RedeliverDeadLetter.Command(id), NOON.plusSeconds(30)));
    }

    private static <T> T accepted(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Accepted<T>(T value) -> value;
            case Outcome.Rejected<T>(Rejection reason) -> throw new AssertionError("rejected: " + reason);
        };
    }

    private static Rejection rejected(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Accepted<?>(Object value) -> throw new AssertionError("accepted: " + value);
            case Outcome.Rejected<?>(Rejection reason) -> reason;
        };
    }

    @Test
    void aLetterDeliveredTwoHundredTimesIsOne() {
        int written = 0;
        for (int i = 0; i < 200; i++) {
            Done done = accepted(keep.apply(delivered(
                    event("e-1", TYPE, Map.of("knativekafkaoffset", Integer.toString(i))), NOON.plusSeconds(i))));
            written += done.count();
        }
        assertThat(written).isEqualTo(1);
        assertThat(letters.writes()).isEqualTo(1);
        assertThat(listed()).singleElement().satisfies(letter -> {
            assertThat(letter.keptAt()).isEqualTo(NOON);
            assertThat(letter.eventId()).isEqualTo("e-1");
            assertThat(letter.destination()).isEqualTo(DESTINATION);
            assertThat(letter.code()).isEqualTo("400");
            assertThat(letter.reason()).isEqualTo("{\"detail\":\"읽을 수 없음\"}");
            assertThat(letter.data()).isEqualTo("{\"broken\":");
            assertThat(letter.state()).isEqualTo(State.WAITING);
        });
    }

    @Test
    void oneEventThatTwoDestinationsDidNotTakeIsTwoLetters() {
        arrives(event("e-1"));
        arrives(event("e-1", TYPE, Map.of("knativeerrordest", "http://other.gavel.svc.cluster.local")));
        assertThat(listed()).hasSize(2);
    }

    @Test
    void theSameEventGoesToTheBrokerItCameFrom() {
        AnyEvent letter = event("e-1");
        arrives(letter);
        DeadLetterView answer = accepted(redelivered(listed().getFirst().id())).deadLetter();
        assertThat(answer.state()).isEqualTo(State.REDELIVERED);
        assertThat(answer.redeliveredBy()).isEqualTo(OPERATOR);
        assertThat(answer.redeliveredAt()).isEqualTo(NOON.plusSeconds(30));
        assertThat(answer.redeliveries()).isEqualTo(1);
        assertThat(listed()).containsExactly(answer);
        Map<String, String> kept = new TreeMap<>(letter.extensions());
        kept.keySet().removeIf(name -> name.startsWith("knative"));
        kept.put(DeadLetter.REDELIVERY, "1");
        assertThat(sent).containsExactly(new Sent("auctions", letter.withExtensions(kept)));
    }

    @Test
    void noAddressInAnEventIsEverUsed() {
        String evil = "http://169.254.169.254/latest/meta-data";
        AnyEvent event = new AnyEvent(
                evil,
                evil,
                "dev.gavel.user.registered.v1",
                evil,
                null,
                "application/json",
                evil,
                evil.getBytes(StandardCharsets.UTF_8),
                Map.of("knativeerrordest", evil, "broker", evil, "sink", evil));
        arrives(event);
        accepted(redelivered(listed().getFirst().id()));
        assertThat(sent).extracting(Sent::broker).containsExactly("accounts");
    }

    @Test
    void anEventOfAnUnknownTypeIsKeptButNotRedelivered() {
        arrives(event("e-1", "com.example.strange", Map.of()));
        Rejection reason = rejected(redelivered(listed().getFirst().id()));
        assertThat(reason).isEqualTo(new DeadLetterRejected.OriginUnknown("com.example.strange"));
        assertThat(reason.kind()).isEqualTo(Rejection.Kind.INVALID);
        assertThat(sent).isEmpty();
        assertThat(listed().getFirst().state()).isEqualTo(State.WAITING);
    }

    @Test
    void anEventTooLargeToKeepWholeIsNotRedelivered() {
        AnyEvent small = event("e-1");
        AnyEvent large = new AnyEvent(
                small.id(),
                small.source(),
                small.type(),
                small.subject(),
                small.time(),
                small.dataContentType(),
                small.dataSchema(),
                new byte[Arrival.LONGEST_DATA + 1],
                small.extensions());
        arrives(large);
        DeadLetterView letter = listed().getFirst();
        assertThat(letter.dataCut()).isTrue();
        assertThat(rejected(redelivered(letter.id()))).isInstanceOf(DeadLetterRejected.TooLarge.class);
        assertThat(sent).isEmpty();
    }

    @Test
    void whatIsNotThereIsNotRedelivered() {
        assertThat(rejected(redelivered(DeadLetterId.of("/s", "i", "d"))).kind())
                .isEqualTo(Rejection.Kind.MISSING);
    }

    @Test
    void aLetterThatCouldNotBePublishedIsStillWaiting() {
        arrives(event("e-1"));
        DeadLetterView before = listed().getFirst();
        onItsWay = () -> {
            throw new Unavailable("the broker does not answer");
        };
        assertThatThrownBy(() -> redelivered(before.id())).isInstanceOf(Unavailable.class);
        assertThat(listed()).containsExactly(before);
    }

    @Test
    void aRedeliveryThatFailsAtOnceWaitsAgainAndIsSentOnce() {
        arrives(event("e-1"));
        onItsWay = () -> arrives(event("e-1", TYPE, Map.of(DeadLetter.REDELIVERY, "1", "knativeerrorcode", "500")));
        DeadLetterView answer = accepted(redelivered(listed().getFirst().id())).deadLetter();
        assertThat(answer.state()).isEqualTo(State.WAITING);
        assertThat(answer.code()).isEqualTo("500");
        assertThat(answer.redeliveredBy()).isEqualTo(OPERATOR);
        assertThat(sent).hasSize(1);
    }

    @Test
    void aRedeliveryThatFailsLaterWaitsAgainAndTheNextIsAnother() {
        arrives(event("e-1"));
        DeadLetterId id = listed().getFirst().id();
        accepted(redelivered(id));
        arrives(event("e-1"));
        assertThat(listed().getFirst().state()).isEqualTo(State.REDELIVERED);
        arrives(event("e-1", TYPE, Map.of(DeadLetter.REDELIVERY, "1")));
        assertThat(listed().getFirst().state()).isEqualTo(State.WAITING);
        accepted(redelivered(id));
        assertThat(sent)
                .extracting(one -> one.event().extensions().get(DeadLetter.REDELIVERY))
                .containsExactly("1", "2");
        assertThat(sent).extracting(one -> one.event().id()).containsExactly("e-1", "e-1");
    }

    @Test
    void dataThatIsNoTextIsShownInBase64() {
        AnyEvent text = event("e-1");
        arrives(new AnyEvent(
                text.id(),
                text.source(),
                text.type(),
                null,
                null,
                null,
                null,
                new byte[] {(byte) 0xFF, 0},
                text.extensions()));
        assertThat(listed().getFirst().data()).isEqualTo("/wA=");
        assertThat(listed().getFirst().dataEncoding()).isEqualTo(DeadLetterView.Encoding.BASE64);
    }

    @Test
    void onlyAPageCanBeAskedFor() {
        for (int limit : new int[] {0, -1, 51}) {
            assertThat(rejected(list.apply(byOperator(new ListDeadLetters.Query(limit, null), NOON))))
                    .isInstanceOf(DeadLetterRejected.QueryInvalid.class);
        }
        assertThat(rejected(list.apply(byOperator(new ListDeadLetters.Query(null, "forged"), NOON))))
                .isInstanceOf(DeadLetterRejected.QueryInvalid.class);
    }
}
