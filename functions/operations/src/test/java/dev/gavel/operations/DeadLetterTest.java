package dev.gavel.operations;

import static dev.gavel.operations.Letters.DESTINATION;
import static dev.gavel.operations.Letters.NOON;
import static dev.gavel.operations.Letters.OPERATOR;
import static dev.gavel.operations.Letters.TYPE;
import static dev.gavel.operations.Letters.event;
import static dev.gavel.operations.Letters.letter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gavel.events.AnyEvent;
import dev.gavel.operations.DeadLetter.State;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterTest {

    private static DeadLetter afterRedelivery(String number) {
        return Arrival.of(event("e-1", TYPE, Map.of(DeadLetter.REDELIVERY, number)), NOON.plusSeconds(60));
    }

    @Test
    void whatTheBrokerAddsIsTakenOffAndUnderstood() {
        DeadLetter letter = letter("e-1", NOON);
        assertThat(letter.failure()).isEqualTo(new DeadLetter.Failure(DESTINATION, "400", "{\"detail\":\"읽을 수 없음\"}"));
        assertThat(letter.event().extensions()).containsOnlyKeys("partitionkey", "sequence", "traceparent");
        assertThat(letter.event().id()).isEqualTo("e-1");
        assertThat(letter.state()).isEqualTo(State.WAITING);
    }

    @Test
    void aLetterWithoutAnAnswerHasNoReason() {
        AnyEvent event = event("e-1");
        DeadLetter letter = Arrival.of(event.withExtensions(Map.of("knativeerrordest", DESTINATION)), NOON);
        assertThat(letter.failure()).isEqualTo(new DeadLetter.Failure(DESTINATION, null, null));
        assertThat(Arrival.of(event.withExtensions(Map.of()), NOON).failure().destination())
                .isEmpty();
    }

    @Test
    void aReasonThatIsNoBase64IsShownAsItIs() {
        DeadLetter letter = Arrival.of(event("e-1", TYPE, Map.of("knativeerrordata", "not base64!")), NOON);
        assertThat(letter.failure().reason()).isEqualTo("not base64!");
    }

    @Test
    void sourceIdAndDestinationMakeALetter() {
        DeadLetterId id = DeadLetterId.of("/s", "i", "d");
        assertThat(DeadLetterId.of("/s", "i", "d")).isEqualTo(id);
        assertThat(DeadLetterId.of("/si", "", "d")).isNotEqualTo(id);
        assertThat(DeadLetterId.of("/s", "id", "")).isNotEqualTo(id);
        assertThat(DeadLetterId.of("/s", "i", "e")).isNotEqualTo(id);
        assertThat(IntStream.range(0, 1000)
                        .mapToObj(i -> DeadLetterId.of("/s", "i" + i, "d"))
                        .distinct())
                .hasSize(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dlt_", "dlt_01KAMQA7C9E1G3J5M7P9R1T3V", "auc_01KAMQA7C9E1G3J5M7P9R1T3V5", "dlt_ILOU"})
    void anIdOfAnotherFormIsNone(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new DeadLetterId(text));
    }

    @Test
    void theSameLetterAgainChangesNothing() {
        DeadLetter letter = letter("e-1", NOON);
        assertThat(letter.again(letter("e-1", NOON.plusSeconds(60)))).isEmpty();
    }

    @Test
    void theOldLetterAgainDoesNotUndoARedelivery() {
        DeadLetter marked = letter("e-1", NOON).redelivered(1, OPERATOR, NOON);
        assertThat(marked.state()).isEqualTo(State.REDELIVERED);
        assertThat(marked.again(letter("e-1", NOON.plusSeconds(60)))).isEmpty();
    }

    @Test
    void aRedeliveryThatFailsWaitsAgain() {
        DeadLetter first = letter("e-1", NOON);
        assertThat(first.redelivery().extensions()).containsEntry(DeadLetter.REDELIVERY, "1");
        DeadLetter marked = first.redelivered(1, OPERATOR, NOON.plusSeconds(5));
        DeadLetter back = marked.again(afterRedelivery("1")).orElseThrow();
        assertThat(back.state()).isEqualTo(State.WAITING);
        assertThat(back.keptAt()).isEqualTo(NOON.plusSeconds(60));
        assertThat(back.firstKeptAt()).isEqualTo(NOON);
        assertThat(back.last()).isEqualTo(new DeadLetter.Redelivery(OPERATOR, NOON.plusSeconds(5)));
        assertThat(back.again(afterRedelivery("1"))).isEmpty();
        assertThat(back.redelivery().extensions()).containsEntry(DeadLetter.REDELIVERY, "2");
    }

    @Test
    void aRedeliveryThatIsBackBeforeItIsMarkedStaysWaiting() {
        DeadLetter back = letter("e-1", NOON).again(afterRedelivery("1")).orElseThrow();
        DeadLetter marked = back.redelivered(1, OPERATOR, NOON.plusSeconds(61));
        assertThat(marked.state()).isEqualTo(State.WAITING);
        assertThat(marked.redeliveries()).isEqualTo(1);
        assertThat(marked.last()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "x", "99999999999999999999", "1000001"})
    void aForgedNumberOfARedeliveryIsTheFirstDelivery(String number) {
        assertThat(afterRedelivery(number).redeliveries()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "dev.gavel.auction.bids-accepted.v1, auctions",
        "dev.gavel.auction.not-yet-known.v9, auctions",
        "dev.gavel.user.registered.v1, accounts",
        "dev.gavel.product.listed.v1, catalog",
        "dev.gavel.payment.captured.v1,",
        "dev.gavel.auction,",
        "dev.gavel.auction.v1,",
        "dev.gavel.auction.bids-accepted.v1.more,",
        "dev.gavel.auctions/../x.y.v1,",
        "dev.knative.sources.ping,",
        "com.example.auction.closed.v1,"
    })
    void theSubjectOfATypeTellsItsBroker(String type, String broker) {
        assertThat(Origin.broker(type).orElse(null)).isEqualTo(broker);
    }
}
