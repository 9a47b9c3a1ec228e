package dev.gavel.bench;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Users of the marketplace made for one run, by the number they have in it, and their tokens, renewed
/// before they run out.
final class People {

    private final MarketApi api;
    private final String run;
    private final Clock clock;
    private final Map<Long, Person> people = new ConcurrentHashMap<>();
    private final Map<String, Long> numbers = new ConcurrentHashMap<>();

    /// @param run a name no other run has, so that runs on the same platform do not meet
    People(MarketApi api, String run, Clock clock) {
        this.api = api;
        this.run = run;
        this.clock = clock;
    }

    /// One user. The password is known to nobody after the run.
    private static final class Person {
        final String email;
        final String password;
        String userId = "";
        String accessToken = "";
        String refreshToken = "";
        Instant renewAt = Instant.EPOCH;
        int renewals;

        Person(String email, String password) {
            this.email = email;
            this.password = password;
        }
    }

    /// Registers everybody, so many at a time.
    void register(Collection<Long> who, int atOnce, Progress progress) {
        AtomicInteger done = new AtomicInteger();
        Lanes.forEach(who, atOnce, number -> {
            register(number);
            progress.say(() -> "registered " + done.get() + " of " + who.size() + " people");
            done.incrementAndGet();
        });
    }

    private void register(long number) {
        Person person =
                new Person("p" + number + "." + run + "@nexmark.example", "correct-horse-" + run + "-" + number);
        api.post(
                        "/v1/users",
                        null,
                        run + "-user-" + number,
                        Map.of("email", person.email, "password", person.password, "displayName", "Person" + number),
                        null)
                .expect(202, "registering a user");
        people.put(number, person);
        signIn(number, person, 0);
    }

    private void signIn(long number, Person person, int time) {
        keep(
                number,
                person,
                api.post(
                        "/v1/tokens",
                        null,
                        run + "-token-" + number + "-" + time,
                        Map.of("email", person.email, "password", person.password),
                        null));
    }

    /// A new token for the old one; when that is refused, for the password.
    private void renew(long number, Person person) {
        int time = person.renewals++;
        MarketApi.Answer answer = api.post(
                "/v1/tokens/refresh",
                null,
                run + "-renew-" + number + "-" + time,
                Map.of("refreshToken", person.refreshToken),
                null);
        if (answer.status() == 200) {
            keep(number, person, answer);
        } else {
            signIn(number, person, time + 1);
        }
    }

    private void keep(long number, Person person, MarketApi.Answer tokens) {
        JsonNode answer = tokens.expect(200, "signing in").body();
        person.userId = answer.path("userId").asString();
        person.accessToken = answer.path("accessToken").asString();
        person.refreshToken = answer.path("refreshToken").asString("");
        // A quarter of its life is left when it is renewed, at most a minute.
        long life = answer.path("expiresIn").asLong(900);
        person.renewAt = clock.instant().plusSeconds(life - Math.min(60, life / 4));
        numbers.put(person.userId, number);
    }

    /// A token of this person that is valid for a while.
    String token(long number) {
        Person person = person(number);
        synchronized (person) {
            if (!clock.instant().isBefore(person.renewAt)) {
                renew(number, person);
            }
            return person.accessToken;
        }
    }

    String userId(long number) {
        return person(number).userId;
    }

    /// The number of the person with this user id, or null when it is nobody of this run.
    @Nullable
    Long number(String userId) {
        return numbers.get(userId);
    }

    private Person person(long number) {
        Person person = people.get(number);
        if (person == null) {
            throw new IllegalStateException("person " + number + " has not been registered");
        }
        return person;
    }
}
