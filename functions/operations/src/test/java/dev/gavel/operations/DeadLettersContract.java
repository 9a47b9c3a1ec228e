package dev.gavel.operations;

import static dev.gavel.operations.Letters.NOON;
import static dev.gavel.operations.Letters.OPERATOR;
import static dev.gavel.operations.Letters.letter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.events.AnyEvent;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.operations.DeadLetters.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What every store of dead letters promises.
interface DeadLettersContract {

    /// An empty store.
    DeadLetters letters();

    @Test
    default void aLetterIsReadBackAsItWasWritten() {
        DeadLetters letters = letters();
        DeadLetter first = letter("e-1", NOON);
        letters.save(first);
        assertThat(letters.find(first.id())).contains(first);
        DeadLetter marked = first.redelivered(1, OPERATOR, NOON.plusMillis(5));
        letters.save(marked);
        assertThat(letters.find(first.id())).contains(marked);
        assertThat(letters.find(letter("e-2", NOON).id())).isEmpty();
    }

    @Test
    default void anEventOfNothingButItsNameIsReadBackToo() {
        DeadLetters letters = letters();
        DeadLetter bare = Arrival.of(
                new AnyEvent("i", "/s", "t", null, null, null, null, new byte[0], Map.of()), NOON.plusNanos(1));
        letters.save(bare);
        assertThat(letters.find(bare.id())).contains(bare);
        assertThat(letters.newest(1, null).letters()).containsExactly(bare);
    }

    @Test
    default void theLargestEventFits() {
        DeadLetters letters = letters();
        DeadLetter large = Arrival.of(
                new AnyEvent(
                        "i",
                        "/s",
                        "t",
                        null,
                        null,
                        null,
                        null,
                        new byte[1024 * 1024],
                        Map.of("more", "가".repeat(32 * 1024))),
                NOON);
        letters.save(large);
        assertThat(letters.find(large.id())).contains(large);
        assertThat(large.event().data()).hasSize(Arrival.LONGEST_DATA);
    }

    @Test
    default void aWriteOnAnOldVersionWritesNothing() {
        DeadLetters letters = letters();
        DeadLetter first = letter("e-1", NOON);
        letters.save(first);
        assertThatThrownBy(() -> letters.save(letter("e-1", NOON.plusSeconds(1))))
                .isInstanceOf(StaleWrite.class);
        DeadLetter marked = first.redelivered(1, OPERATOR, NOON);
        letters.save(marked);
        assertThatThrownBy(() -> letters.save(first.redelivered(1, OPERATOR, NOON.plusSeconds(9))))
                .isInstanceOf(StaleWrite.class);
        assertThat(letters.find(first.id())).contains(marked);
    }

    @Test
    default void theNewestComeFirstPageByPage() {
        DeadLetters letters = letters();
        List<DeadLetter> kept = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            DeadLetter letter = letter("e-" + i, NOON.plusSeconds(i / 2));
            letters.save(letter);
            kept.add(letter);
        }
        List<DeadLetter> found = new ArrayList<>();
        Slice page = letters.newest(2, null);
        int pages = 1;
        for (; page.cursor() != null; pages++) {
            assertThat(page.letters()).hasSize(2);
            found.addAll(page.letters());
            page = letters.newest(2, page.cursor());
        }
        found.addAll(page.letters());
        assertThat(pages).isEqualTo(3);
        assertThat(found).containsExactlyInAnyOrderElementsOf(kept);
        assertThat(found).extracting(DeadLetter::keptAt).isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    @Test
    default void aLetterThatComesAgainMovesToTheTop() {
        DeadLetters letters = letters();
        DeadLetter old = letter("old", NOON);
        letters.save(old);
        letters.save(letter("new", NOON.plusSeconds(1)));
        DeadLetter marked = old.redelivered(1, OPERATOR, NOON.plusSeconds(2));
        letters.save(marked);
        assertThat(letters.newest(10, null).letters())
                .extracting(letter -> letter.event().id())
                .containsExactly("new", "old");
        DeadLetter back = marked.again(Arrival.of(
                        Letters.event("old", Letters.TYPE, Map.of(DeadLetter.REDELIVERY, "1")), NOON.plusSeconds(3)))
                .orElseThrow();
        letters.save(back);
        assertThat(letters.newest(10, null).letters())
                .extracting(letter -> letter.event().id())
                .containsExactly("old", "new");
    }

    @Test
    default void aForgedCursorIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> letters().newest(2, "forged"));
    }

    @Test
    default void nothingIsAnEmptyPage() {
        Slice page = letters().newest(2, null);
        assertThat(page.letters()).isEmpty();
        assertThat(page.cursor()).isNull();
    }
}
