package dev.gavel.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gavel.dynamo.DynamoClients;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.events.UserEvent.UserProfileUpdated;
import dev.gavel.events.UserEvent.UserRegistered;
import dev.gavel.runtime.CannotStart;
import dev.gavel.runtime.FunctionHost;
import dev.gavel.runtime.HostOptions;
import dev.gavel.runtime.Settings;
import dev.gavel.testkit.DynamoForTests;
import dev.gavel.testkit.FunctionCaller;
import dev.gavel.testkit.FunctionCaller.Answer;
import dev.gavel.testkit.MovableClock;
import dev.gavel.testkit.RecordingFactPublisher;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Every function of this context in a host of its own, called over HTTP, on DynamoDB.
class AccountFunctionsTest {

    @RegisterExtension
    static final DynamoForTests DYNAMO = new DynamoForTests();

    private static final String PASSWORD = "correct horse battery";
    private static final RecordingFactPublisher BROKER = new RecordingFactPublisher();
    private static final MovableClock CLOCK = MovableClock.at("2026-11-22T12:00:00Z");
    private static final Map<String, FunctionHost> HOSTS = new HashMap<>();
    private static final Map<String, String> SETTINGS = new TreeMap<>();

    @BeforeAll
    static void start() {
        SETTINGS.putAll(DYNAMO.settings());
        SETTINGS.put("K_SINK", "http://127.0.0.1:1/gavel/accounts");
        SETTINGS.put("GAVEL_KEY_ENCRYPTION_KEY", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
        try (DynamoDbClient client = DynamoClients.of(Settings.of(SETTINGS))) {
            DynamoTables.of(Settings.of(SETTINGS)).create(client);
        }
        SETTINGS.put("GAVEL_JWKS_URL", host("publishJwks").uri() + "/.well-known/jwks.json");
        SETTINGS.put("GAVEL_JWKS_INTERVAL", "0.001");
    }

    @AfterAll
    static void stop() {
        HOSTS.values().parallelStream().forEach(FunctionHost::close);
    }

    private static FunctionHost host(String function) {
        return HOSTS.computeIfAbsent(
                function,
                name -> FunctionHost.start(
                        new HostOptions(name, 0, SETTINGS),
                        Map.of("clock", CLOCK, "factPublisher", BROKER),
                        AccountFunctions.class));
    }

    private static FunctionCaller call(String function) {
        return FunctionCaller.of(host(function).uri());
    }

    private static String someEmail() {
        return UUID.randomUUID() + "@example.com";
    }

    private static Answer register(String email, String password, String name) {
        return call("registerUser")
                .post("/v1/users", Map.of("email", email, "password", password, "displayName", name));
    }

    private static Answer signIn(String email, String password) {
        return call("issueToken").post("/v1/tokens", Map.of("email", email, "password", password));
    }

    private static Answer refresh(String token, String key) {
        return call("refreshToken").post("/v1/tokens/refresh", Map.of("refreshToken", token), key);
    }

    private static Answer me(String accessToken) {
        return call("getProfile").withToken(accessToken).get("/v1/users/me");
    }

    private static String text(Answer answer, String member) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().get(member).asString();
    }

    @Test
    void fromRegistrationToTheOwnProfile() {
        String email = someEmail();
        Answer registered = register(email, PASSWORD, "경매왕");
        assertThat(registered.status()).as(registered.toString()).isEqualTo(202);
        assertThat(registered.text()).isEqualTo("{\"status\":\"accepted\"}");

        Answer tokens = signIn(email, PASSWORD);
        assertThat(text(tokens, "tokenType")).isEqualTo("Bearer");
        assertThat(tokens.json().get("expiresIn").asInt()).isEqualTo(900);
        assertThat(tokens.header("cache-control")).contains("no-store");
        String userId = text(tokens, "userId");

        Answer me = me(text(tokens, "accessToken"));
        assertThat(text(me, "userId")).isEqualTo(userId);
        assertThat(text(me, "email")).isEqualTo(email);
        assertThat(text(me, "displayName")).isEqualTo("경매왕");

        Answer seen = call("getPublicProfile").get("/v1/users/" + userId);
        assertThat(text(seen, "displayName")).isEqualTo("경매왕");
        assertThat(seen.text()).doesNotContain(email).doesNotContain("email", "roles");

        await().untilAsserted(() -> assertThat(BROKER.facts(UserRegistered.class))
                .filteredOn(fact -> fact.userId().value().equals(userId))
                .hasSize(1));
        assertThat(BROKER.facts().toString()).doesNotContain(email, PASSWORD, "argon2");
    }

    @Test
    void registrationTellsNobodyWhoIsRegistered() {
        String email = someEmail();
        Answer free = register(email, PASSWORD, "Anna");
        Answer taken = register(email, "another password", "Impostor");

        assertThat(taken.status()).isEqualTo(free.status()).isEqualTo(202);
        assertThat(taken.body()).isEqualTo(free.body());
        assertThat(taken.headers().keySet()).isEqualTo(free.headers().keySet());
        assertThat(signIn(email, "another password").status()).isEqualTo(401);
        assertThat(signIn(email, PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void aRepeatedRegistrationGetsTheSameAnswer() {
        Map<String, String> body = Map.of("email", someEmail(), "password", PASSWORD, "displayName", "Anna");
        Answer first = call("registerUser").post("/v1/users", body, "key");
        Answer second = call("registerUser").post("/v1/users", body, "key");

        assertThat(second.status()).isEqualTo(first.status()).isEqualTo(202);
        assertThat(second.body()).isEqualTo(first.body());
    }

    @Test
    void badInputIsRefusedInPlainWords() {
        assertThat(register("anna", PASSWORD, "Anna").json().get("type").asString())
                .isEqualTo("https://gavel.dev/problems/registration-invalid-email");
        Answer weak = register(someEmail(), "password123", "Anna");
        assertThat(weak.status()).isEqualTo(422);
        assertThat(weak.json().get("weakness").asString()).isEqualTo("TOO_COMMON");
        assertThat(weak.text()).doesNotContain("password123");
        assertThat(register(someEmail(), PASSWORD, "\u202eanna").status()).isEqualTo(422);

        Answer missing = call("registerUser").post("/v1/users", Map.of("email", someEmail()));
        assertThat(missing.status()).isEqualTo(422);
        assertThat(missing.text()).contains("password", "displayName");
        Answer roles = call("registerUser")
                .post(
                        "/v1/users",
                        Map.of(
                                "email",
                                someEmail(),
                                "password",
                                PASSWORD,
                                "displayName",
                                "Anna",
                                "roles",
                                List.of("operator")));
        assertThat(roles.status()).isEqualTo(422);
        Answer noText = call("issueToken").post("/v1/tokens", Map.of("email", someEmail(), "password", 7));
        assertThat(noText.status()).isIn(401, 422);
    }

    @Test
    void signingInTellsNobodyWhoIsRegistered() {
        String email = someEmail();
        register(email, PASSWORD, "Anna");

        List<Answer> answers = List.of(
                signIn(email, "wrong password"), signIn(someEmail(), PASSWORD), signIn("no address at all", PASSWORD));

        for (Answer answer : answers) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.body()).isEqualTo(answers.getFirst().body());
            assertThat(answer.headers().keySet())
                    .isEqualTo(answers.getFirst().headers().keySet());
        }
    }

    @Test
    void tooManyTriesTellNothingEither() {
        String email = someEmail();
        register(email, PASSWORD, "Anna");
        String stranger = someEmail();
        for (int i = 0; i < IssueToken.LIMIT; i++) {
            signIn(email, "wrong password");
            signIn(stranger, "wrong password");
        }

        Answer known = signIn(email, PASSWORD);
        Answer unknown = signIn(stranger, PASSWORD);
        assertThat(known.status()).isEqualTo(401);
        assertThat(known.text()).contains("sign-in-too-many-attempts");
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.body()).isEqualTo(known.body());
    }

    @Test
    void aRefreshTokenIsGoodOnceAndItsRequestForAMinute() {
        String email = someEmail();
        register(email, PASSWORD, "Anna");
        String first = text(signIn(email, PASSWORD), "refreshToken");

        Answer refreshed = refresh(first, "one");
        String second = text(refreshed, "refreshToken");
        assertThat(second).isNotEqualTo(first);
        assertThat(text(me(text(refreshed, "accessToken")), "email")).isEqualTo(email);
        // The network lost the answer: the same request again.
        assertThat(text(refresh(first, "one"), "refreshToken")).isEqualTo(second);

        // A thief comes with the old token: everybody has to sign in again.
        Answer reused = refresh(first, "two");
        assertThat(reused.status()).isEqualTo(401);
        assertThat(reused.text()).contains("session-reused", "sign in again");
        assertThat(refresh(second, "three").status()).isEqualTo(401);
    }

    @Test
    void signingOutEndsTheSessionAndIsNeverRefused() {
        String email = someEmail();
        register(email, PASSWORD, "Anna");
        String token = text(signIn(email, PASSWORD), "refreshToken");

        for (String text : List.of(token, token, "nonsense")) {
            assertThat(text(call("revokeToken").post("/v1/tokens/revoke", Map.of("refreshToken", text)), "status"))
                    .isEqualTo("revoked");
        }
        assertThat(refresh(token, "key").status()).isEqualTo(401);
    }

    @Test
    void aNewNameIsShownAndTold() {
        String email = someEmail();
        register(email, PASSWORD, "Anna");
        Answer tokens = signIn(email, PASSWORD);
        FunctionCaller update = call("updateProfile").withToken(text(tokens, "accessToken"));

        Answer renamed = update.send("PATCH", "/v1/users/me", Map.of("displayName", "Renamed"), Map.of());
        assertThat(text(renamed, "displayName")).isEqualTo("Renamed");
        assertThat(update.send("PATCH", "/v1/users/me", Map.of(), Map.of()).status())
                .isEqualTo(200);
        assertThat(update.send("PATCH", "/v1/users/me", Map.of("displayName", "x"), Map.of())
                        .status())
                .isEqualTo(422);
        assertThat(update.send("PATCH", "/v1/users/me", Map.of("roles", List.of("operator")), Map.of())
                        .status())
                .isEqualTo(422);

        assertThat(BROKER.facts(UserProfileUpdated.class))
                .filteredOn(fact -> fact.displayName().equals("Renamed"))
                .hasSize(1);
        assertThat(BROKER.ids()).contains(text(tokens, "userId") + "-2");
    }

    @Test
    void theOwnProfileNeedsAToken() {
        assertThat(call("getProfile").get("/v1/users/me").status()).isEqualTo(401);
        assertThat(call("updateProfile")
                        .send("PATCH", "/v1/users/me", Map.of("displayName", "Anna"), Map.of())
                        .status())
                .isEqualTo(401);
    }

    @Test
    void whoDoesNotExistIsMissing() {
        FunctionCaller profiles = call("getPublicProfile");

        assertThat(profiles.get("/v1/users/usr_01JD0000000000000000000000").status())
                .isEqualTo(404);
        assertThat(profiles.get("/v1/users/nonsense").status()).isEqualTo(404);
    }

    @Test
    void tokensOfBeforeAChangeOfKeysAreStillTaken() {
        String email = someEmail();
        register(email, PASSWORD, "Anna");
        String first = text(signIn(email, PASSWORD), "accessToken");
        assertThat(me(first).status()).isEqualTo(200);
        // Whichever test made the first key, a month later another one is due.
        CLOCK.advance(KeyRing.SIGNS);
        assertThat(call("rotateSigningKeys").tick().status()).isEqualTo(202);
        CLOCK.advance(KeyRing.AHEAD.minusMinutes(1));
        String before = text(signIn(email, PASSWORD), "accessToken");
        CLOCK.advance(Duration.ofMinutes(2));
        String after = text(signIn(email, PASSWORD), "accessToken");

        Answer jwks = call("publishJwks").get("/.well-known/jwks.json");
        assertThat(jwks.status()).isEqualTo(200);
        assertThat(jwks.header("cache-control").orElseThrow()).contains("max-age=60");
        assertThat(jwks.json().get("keys")).hasSize(2);
        assertThat(jwks.text()).doesNotContain("\"d\"");
        assertThat(header(before)).isNotEqualTo(header(after));
        assertThat(me(before).status()).isEqualTo(200);
        assertThat(me(after).status()).isEqualTo(200);
        // The control: a token of a month ago is not.
        assertThat(me(first).status()).isEqualTo(401);
    }

    private static String header(String token) {
        return token.substring(0, token.indexOf('.'));
    }

    @Test
    void whatACrashLeftIsRelayed() {
        BROKER.refuse(fact ->
                fact.data() instanceof UserRegistered user && user.displayName().equals("Unlucky"));
        String email = someEmail();
        try {
            register(email, PASSWORD, "Unlucky");
        } finally {
            BROKER.takeEverything();
        }
        CLOCK.advance(Duration.ofSeconds(30));

        await().untilAsserted(() -> {
            assertThat(call("relayAccountFacts").tick().status()).isEqualTo(202);
            assertThat(BROKER.facts(UserRegistered.class))
                    .extracting(UserRegistered::displayName)
                    .contains("Unlucky");
        });
    }

    @Test
    void withoutAnEncryptionKeyItSaysWhatToSet() {
        HostOptions options = new HostOptions("issueToken", 0, SETTINGS).with("GAVEL_KEY_ENCRYPTION_KEY", "");

        assertThatThrownBy(() -> FunctionHost.start(options, AccountFunctions.class))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("Set GAVEL_KEY_ENCRYPTION_KEY to 32 random bytes in base64");
    }
}
