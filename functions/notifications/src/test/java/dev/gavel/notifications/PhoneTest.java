package dev.gavel.notifications;

import static dev.gavel.notifications.Post.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A process can die after it has sent a code or taken one, and is then asked the same again.
class PhoneTest {

    private record Text(String text, String key) {}

    private final InMemoryStore store = new InMemoryStore();
    private final List<Text> sent = new ArrayList<>();
    private final RegisterPhone register = new RegisterPhone(
            store.readers,
            (_, text, key) -> {
                sent.add(new Text(text, key));
                return new Sending.Sent();
            },
            new Random(1));
    private final ConfirmPhone confirm = new ConfirmPhone(store.readers);

    private static <C> Call<C> call(C command, Instant at, String requestId) {
        return new Call<>(command, new Caller.User(Post.BUYER, Set.of()), at, requestId);
    }

    private Outcome<RegisterPhone.Receipt> asked(String requestId, Instant at) {
        return register.apply(call(new RegisterPhone.Command(Post.PHONE), at, requestId));
    }

    private Outcome<PreferencesView> confirmed(String requestId, String code) {
        return confirm.apply(call(new ConfirmPhone.Command(code), NOON.plusSeconds(60), requestId));
    }

    private String code() {
        return sent.getLast().text().replaceAll(".*?(\\d{6}).*", "$1");
    }

    @Test
    void theSameRequestAgainGetsTheSameCodeUnderTheSameKey() {
        Outcome<RegisterPhone.Receipt> first = asked("one", NOON);
        assertThat(asked("one", NOON.plusSeconds(30))).isEqualTo(first);
        assertThat(sent).hasSize(2).allMatch(sent.getFirst()::equals);
        assertThat(store.readers.find(Post.BUYER).codes()).hasSize(1);
        assertThat(asked("two", NOON)).isInstanceOf(Outcome.Accepted.class);
        assertThat(sent.getLast().key()).isNotEqualTo(sent.getFirst().key());
        assertThat(sent.getLast().text()).isNotEqualTo(sent.getFirst().text());
    }

    @Test
    void somebodyElsesRequestOfTheSameIdIsAnotherMessage() {
        asked("one", NOON);
        register.apply(
                new Call<>(new RegisterPhone.Command(Post.PHONE), new Caller.User(Post.SELLER, Set.of()), NOON, "one"));
        assertThat(sent.getLast().key()).isNotEqualTo(sent.getFirst().key());
    }

    @Test
    void theSameRequestAfterItsCodeHasDiedGetsANewOne() {
        asked("one", NOON);
        asked("one", NOON.plusSeconds(600));
        assertThat(sent.getLast().key()).isNotEqualTo(sent.getFirst().key());
        assertThat(sent.getLast().text()).isNotEqualTo(sent.getFirst().text());
    }

    @Test
    void theSameConfirmationAgainIsNoWrongCode() {
        asked("one", NOON);
        Outcome<PreferencesView> first = confirmed("sent", code());
        assertThat(first).isInstanceOf(Outcome.Accepted.class);
        assertThat(confirmed("sent", code())).isEqualTo(first);
        assertThat(confirmed("another", code())).isInstanceOf(Outcome.Rejected.class);
    }
}
