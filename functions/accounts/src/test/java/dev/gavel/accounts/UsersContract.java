package dev.gavel.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.events.Fact;
import dev.gavel.events.UserEvent.UserProfileUpdated;
import dev.gavel.events.UserEvent.UserRegistered;
import dev.gavel.kernel.Ids;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.UserId;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What every `Users` does.
abstract class UsersContract {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.123456789Z");
    private static final UserId NOBODY = new UserId("usr_01JD0000000000000000000000");

    private final Ids ids = Ids.secure(Clock.systemUTC());

    abstract Users users();

    /// The facts that were told about a user, in any order.
    abstract List<Fact<?>> facts(UserId user);

    abstract void giveRole(UserId user, String role);

    private User somebody() {
        UserId id = UserId.next(ids);
        // An address of its own for each test, as they share the tables.
        Email email = Email.parse(id.value() + "@example.com").orElseThrow();
        return new User(id, email, new DisplayName("경매왕"), "hash", Set.of(), NOW, 1);
    }

    private static Fact<UserRegistered> registered(User user) {
        return Fact.of(
                RegisterUser.class,
                1,
                NOW,
                new UserRegistered(user.id(), user.displayName().value(), NOW));
    }

    private static Fact<UserProfileUpdated> updated(User user) {
        return Fact.of(
                UpdateProfile.class,
                user.facts(),
                NOW,
                new UserProfileUpdated(user.id(), user.displayName().value(), NOW));
    }

    @Test
    void whoRegisteredIsFoundByIdAndByAddress() {
        User user = somebody();

        assertThat(users().register(user, List.of(registered(user)))).isTrue();

        assertThat(users().byId(user.id())).contains(user);
        assertThat(users().byEmail(user.email())).contains(user);
        assertThat(facts(user.id())).containsExactly(registered(user));
    }

    @Test
    void whoNeverRegisteredIsNotFound() {
        assertThat(users().byId(NOBODY)).isEmpty();
        assertThat(users().byEmail(new Email("nobody@example.com"))).isEmpty();
        assertThat(users().byEmail(new Email(""))).isEmpty();
    }

    @Test
    void aTakenAddressStoresNothing() {
        User first = somebody();
        users().register(first, List.of(registered(first)));
        User second = new User(UserId.next(ids), first.email(), new DisplayName("Impostor"), "other", Set.of(), NOW, 1);

        assertThat(users().register(second, List.of(registered(second)))).isFalse();

        assertThat(users().byEmail(first.email())).contains(first);
        assertThat(users().byId(second.id())).isEmpty();
        assertThat(facts(second.id())).isEmpty();
    }

    @Test
    void ofManyAtOnceOneGetsTheAddress() throws Exception {
        Email email = somebody().email();
        Callable<Boolean> register = () -> {
            User user = new User(UserId.next(ids), email, new DisplayName("Racer"), "hash", Set.of(), NOW, 1);
            try {
                return users().register(user, List.of(registered(user)));
            } catch (StaleWrite _) {
                return false;
            }
        };

        int winners = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> answer : threads.invokeAll(Collections.nCopies(6, register))) {
                winners += answer.get() ? 1 : 0;
            }
        }

        assertThat(winners).isEqualTo(1);
    }

    @Test
    void aChangeIsStoredWithItsFact() {
        User user = somebody();
        users().register(user, List.of(registered(user)));
        User renamed = user.renamed(new DisplayName("Renamed"));

        users().save(renamed, updated(renamed));

        assertThat(users().byId(user.id())).contains(renamed);
        assertThat(facts(user.id())).containsExactlyInAnyOrder(registered(user), updated(renamed));
    }

    @Test
    void aChangeOfWhatSomebodyElseChangedIsStale() {
        User user = somebody();
        users().register(user, List.of(registered(user)));
        User mine = user.renamed(new DisplayName("Mine"));
        User theirs = user.renamed(new DisplayName("Theirs"));
        users().save(theirs, updated(theirs));

        assertThatThrownBy(() -> users().save(mine, updated(mine))).isInstanceOf(StaleWrite.class);

        assertThat(users().byId(user.id())).contains(theirs);
        assertThat(facts(user.id())).doesNotContain(updated(mine));
    }

    @Test
    void whoIsGoneCannotBeChanged() {
        User user = somebody().renamed(new DisplayName("Gone"));

        assertThatThrownBy(() -> users().save(user, updated(user))).isInstanceOf(StaleWrite.class);
        assertThat(users().byId(user.id())).isEmpty();
    }

    @Test
    void rolesGivenInTheMeantimeSurviveAChange() {
        User user = somebody();
        users().register(user, List.of(registered(user)));
        giveRole(user.id(), "operator");
        User renamed = user.renamed(new DisplayName("Renamed"));

        users().save(renamed, updated(renamed));

        assertThat(users().byId(user.id()).orElseThrow().roles()).containsExactly("operator");
    }
}
