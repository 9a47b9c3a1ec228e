package dev.gavel.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.dynamo.DynamoClients;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.events.AuctionEvent.AuctionClosed;
import dev.gavel.events.AuctionEvent.Result;
import dev.gavel.events.Fact;
import dev.gavel.events.MarketEvent;
import dev.gavel.events.NoticeEvent.NoticeCreated;
import dev.gavel.events.UserEvent.UserContactChanged;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.UserId;
import dev.gavel.runtime.FunctionHost;
import dev.gavel.runtime.HostOptions;
import dev.gavel.runtime.ReceiptTime;
import dev.gavel.runtime.RecordedFacts;
import dev.gavel.runtime.Settings;
import dev.gavel.runtime.TrustingCallerVerifier;
import dev.gavel.simulators.MailSimulator;
import dev.gavel.simulators.PushSimulator;
import dev.gavel.simulators.SmsSimulator;
import dev.gavel.sqs.SqsClients;
import dev.gavel.sqs.SqsQueues;
import dev.gavel.testkit.DynamoForTests;
import dev.gavel.testkit.FunctionCaller;
import dev.gavel.testkit.FunctionCaller.Answer;
import dev.gavel.testkit.MovableClock;
import dev.gavel.testkit.SqsForTests;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import tools.jackson.databind.JsonNode;

/// The functions of this context as their callers see them, over HTTP, on real stores and with providers that
/// remember what they were asked.
class NotificationFunctionsTest {

    @RegisterExtension
    static final DynamoForTests DYNAMO = new DynamoForTests();

    @RegisterExtension
    static final SqsForTests SQS = new SqsForTests();

    private static final RecordedFacts FACTS = new RecordedFacts();
    private static final MovableClock CLOCK = MovableClock.at(Post.NOON);
    private static final MailSimulator MAILBOX = new MailSimulator();
    private static final SmsSimulator PHONES = new SmsSimulator();
    private static final PushSimulator BROWSERS = new PushSimulator();
    private static final PushKey KEY = PushKey.of("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");

    private static SqsQueues queues;
    private static SqsClient sqs;
    private static FunctionHost resources;
    private static FunctionHost telling;
    private static FunctionHost contacts;
    private static FunctionHost delivering;
    private static FunctionHost queueing;

    private final UserId user = Post.somebody();

    @BeforeAll
    static void start() {
        try (DynamoDbClient client = DynamoClients.of(Settings.of(DYNAMO.settings()))) {
            DynamoTables.of(DYNAMO.tablePrefix())
                    .create(client, "notices", "deliveries", "readers", "titles", "outbox", "idempotency", "inbox");
        }
        queues = SqsQueues.of(Settings.of(SQS.settings()));
        sqs = SqsClients.of(Settings.of(SQS.settings()));
        queues.create(sqs);
        resources = host("listNotices,readNotices,getPreferences,updatePreferences,registerPhone,confirmPhone,"
                + "subscribePush,unsubscribePush,getPushKey");
        telling = host("sendNotification");
        contacts = host("trackContact");
        delivering = host("deliverNotification");
        queueing = host("queueNotices");
    }

    @AfterAll
    static void stop() {
        List.of(resources, telling, contacts, delivering, queueing).forEach(FunctionHost::close);
        sqs.close();
        MAILBOX.close();
        PHONES.close();
        BROWSERS.close();
    }

    private static FunctionHost host(String definition) {
        Map<String, String> settings = new TreeMap<>(DYNAMO.settings());
        settings.putAll(SQS.settings());
        HostOptions options = new HostOptions(definition, 0, settings)
                .with("GAVEL_CONTEXT", "notifications")
                .with("GAVEL_LOG", "off")
                .with("GAVEL_WEB_URL", "https://gavel.dev")
                .with("GAVEL_SMTP_URL", MAILBOX.smtp().toString())
                .with("GAVEL_MAIL_FROM", "Gavel <no-reply@gavel.dev>")
                .with("GAVEL_SMS_URL", PHONES.uri().toString())
                .with("GAVEL_SMS_TOKEN", SmsSimulator.TOKEN)
                .with("GAVEL_SMS_SENDER", "15881234")
                .with("GAVEL_VAPID_PRIVATE_KEY", "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")
                .with("GAVEL_VAPID_SUBJECT", "mailto:op@gavel.dev")
                .with("GAVEL_PUSH_HOSTS", "127.0.0.1");
        ReceiptTime receipt = _ -> CLOCK.instant();
        return FunctionHost.start(
                options,
                Map.of("callerVerifier", new TrustingCallerVerifier(), "factPublisher", FACTS, "receiptTime", receipt),
                NotificationFunctions.class);
    }

    private FunctionCaller me() {
        return FunctionCaller.of(resources.uri()).withToken(user.value());
    }

    private void tell(long sequence, MarketEvent event) {
        Answer answer = FunctionCaller.of(telling.uri()).deliver(Post.fact(sequence, CLOCK.instant(), event));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    }

    private void contact(String email) {
        UserContactChanged contact = new UserContactChanged(user, email, null, CLOCK.instant());
        assertThat(FunctionCaller.of(contacts.uri())
                        .deliver(Post.fact(2, CLOCK.instant(), contact))
                        .status())
                .isEqualTo(202);
    }

    /// An auction nobody won, whose seller this user is.
    private AuctionClosed unsold() {
        return new AuctionClosed(
                new AuctionId("auc_" + Post.somebody().value().substring(4)),
                user,
                Result.UNSOLD,
                null,
                null,
                0,
                CLOCK.instant());
    }

    /// What the relay does with every message once; what is not taken stays in the queue.
    private static List<Integer> relay() throws Exception {
        List<Integer> answers = new ArrayList<>();
        String url = queues.url(sqs, "notifications");
        for (List<Message> some = take(url); !some.isEmpty(); some = take(url)) {
            for (Message message : some) {
                int status = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(delivering.uri())
                                        .header("content-type", "application/cloudevents+json")
                                        .POST(HttpRequest.BodyPublishers.ofString(message.body()))
                                        .build(),
                                BodyHandlers.ofString())
                        .statusCode();
                answers.add(status);
                if (status == 202) {
                    sqs.deleteMessage(delete -> delete.queueUrl(url).receiptHandle(message.receiptHandle()));
                }
            }
        }
        return answers;
    }

    private static List<Message> take(String url) {
        return sqs.receiveMessage(
                        receive -> receive.queueUrl(url).maxNumberOfMessages(10).visibilityTimeout(60))
                .messages();
    }

    private String confirmedPhone() {
        Answer asked = me().post("/v1/users/me/phone", Map.of("phone", "010-1234-5678"));
        assertThat(asked.status()).as(asked.text()).isEqualTo(200);
        String text = PHONES.texts().getLast().text();
        return text.replaceAll(".*?(\\d{6}).*", "$1");
    }

    @Test
    void aFactReachesItsReaderByEveryChannel() throws Exception {
        contact(user.value() + "@example.com");
        String code = confirmedPhone();
        assertThat(me().post("/v1/users/me/phone/confirm", Map.of("code", code)).status())
                .isEqualTo(200);
        PushSubscription browser = Post.browser(BROWSERS.endpoint(user.value()));
        assertThat(me().send("PUT", "/v1/users/me/push-subscriptions", browser, Map.of())
                        .status())
                .isEqualTo(200);
        Map<String, Object> wanted = Map.of(
                "language", "en", "channels", Map.of("unsold", Map.of("sms", true), "paid-out", Map.of("push", false)));
        Answer preferences = me().send("PUT", "/v1/users/me/notification-preferences", wanted, Map.of());
        assertThat(preferences.status()).as(preferences.text()).isEqualTo(200);
        assertThat(preferences.json().at("/channels/unsold/sms").asBoolean()).isTrue();
        assertThat(preferences.json().at("/channels/paid-out/push").asBoolean()).isFalse();
        assertThat(preferences.json().at("/channels/outbid/email").asBoolean()).isFalse();

        var event = unsold();
        tell(7, event);
        tell(8, event);
        relay();
        relay();

        JsonNode inbox = me().get("/v1/users/me/notices").json();
        assertThat(inbox.get("unread").asInt()).isOne();
        JsonNode notice = inbox.at("/notices/0");
        String id = notice.get("noticeId").asString();
        assertThat(notice.get("kind").asString()).isEqualTo("unsold");
        assertThat(notice.get("title").asString()).isEqualTo("Your auction ended without a sale");
        assertThat(notice.get("link").asString()).isEqualTo("/auction.html?id=" + event.auctionId());
        assertThat(MAILBOX.letters())
                .filteredOn(letter -> letter.to().contains(user.value() + "@example.com"))
                .singleElement()
                .satisfies(letter -> {
                    assertThat(letter.messageId()).contains(id + "@gavel.dev");
                    assertThat(letter.text()).contains("https://gavel.dev/auction.html?id=" + event.auctionId());
                    assertThat(letter.times()).isOne();
                });
        assertThat(PHONES.texts()).filteredOn(text -> text.key().equals(id)).hasSize(1);
        assertThat(BROWSERS.pushes())
                .filteredOn(push -> push.subscription().equals(user.value()))
                .singleElement()
                .satisfies(push -> assertThat(push.headers()).containsEntry("topic", id));
        assertThat(FACTS.facts().stream().map(Fact::data))
                .filteredOn(NoticeCreated.class::isInstance)
                .filteredOn(created -> ((NoticeCreated) created).userId().equals(user))
                .hasSize(1);
    }

    @Test
    void aNoticeWhoseReaderHasNoAddressYetComesBack() throws Exception {
        tell(7, unsold());
        assertThat(relay()).contains(503);
    }

    @Test
    void aTickQueuesWhatWaited() {
        assertThat(FunctionCaller.of(queueing.uri()).tick().status()).isEqualTo(202);
    }

    @Test
    void noticesAreReadOneByOneOrUpToATime() {
        tell(1, unsold());
        CLOCK.advance(Duration.ofSeconds(1));
        tell(1, unsold());
        CLOCK.advance(Duration.ofSeconds(1));
        tell(1, unsold());
        JsonNode page = me().get("/v1/users/me/notices?limit=2").json();
        assertThat(page.get("notices").size()).isEqualTo(2);
        String cursor = URLEncoder.encode(page.get("cursor").asString(), StandardCharsets.UTF_8);
        JsonNode rest = me().get("/v1/users/me/notices?after=" + cursor).json();
        assertThat(rest.get("notices").size()).isOne();
        assertThat(rest.has("cursor")).isFalse();

        String newest = page.at("/notices/0/noticeId").asString();
        read(me(), Map.of("noticeIds", List.of(newest)), 200);
        assertThat(unread()).isEqualTo(2);
        read(me(), Map.of("upTo", page.at("/notices/1/at").asString()), 200);
        assertThat(unread()).isZero();
        read(me(), Map.of(), 422);
        read(me(), Map.of("noticeIds", List.of("nonsense")), 422);
        read(me(), Map.of("noticeIds", Collections.nCopies(101, newest)), 422);
        assertThat(me().get("/v1/users/me/notices?after=usr%23x").status()).isEqualTo(422);
        assertThat(me().get("/v1/users/me/notices?limit=101").status()).isEqualTo(422);
    }

    @Test
    void nobodyReadsOrChangesWhatIsAnothers() {
        tell(1, unsold());
        String id = me().get("/v1/users/me/notices")
                .json()
                .at("/notices/0/noticeId")
                .asString();
        UserId other = Post.somebody();
        FunctionCaller stranger = FunctionCaller.of(resources.uri()).withToken(other.value());
        assertThat(stranger.get("/v1/users/me/notices").json().get("notices").size())
                .isZero();
        read(stranger, Map.of("noticeIds", List.of(id)), 200);
        assertThat(unread()).isOne();
        FunctionCaller nobody = FunctionCaller.of(resources.uri());
        for (String path : List.of("notices", "notification-preferences")) {
            assertThat(nobody.get("/v1/users/me/" + path).status()).isEqualTo(401);
        }
        assertThat(nobody.post("/v1/users/me/phone", Map.of("phone", "010-1234-5678"))
                        .status())
                .isEqualTo(401);
    }

    private static void read(FunctionCaller caller, Map<String, Object> body, int status) {
        Answer answer = caller.post("/v1/users/me/notices/read", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    }

    private int unread() {
        return me().get("/v1/users/me/notices").json().get("unread").asInt();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"language\":\"ko\"} | 200",
                "{\"language\":\"en\",\"zone\":\"America/New_York\",\"quietHours\":{\"from\":\"22:00\",\"to\":\"07:30\"}} | 200",
                "{} | 422",
                "{\"language\":\"fr\"} | 422",
                "{\"language\":\"ko\",\"zone\":\"Mars/Base\"} | 422",
                "{\"language\":\"ko\",\"quietHours\":{\"from\":\"22:00\",\"to\":\"22:00\"}} | 422",
                "{\"language\":\"ko\",\"quietHours\":{\"from\":\"22:00\"}} | 422",
                "{\"language\":\"ko\",\"quietHours\":{\"from\":\"25:00\",\"to\":\"07:00\"}} | 422",
                "{\"language\":\"ko\",\"channels\":{\"nonsense\":{\"sms\":true}}} | 422",
                "{\"language\":\"ko\",\"channels\":{\"won\":{\"fax\":true}}} | 422",
                "{\"language\":\"ko\",\"channels\":{\"won\":{\"sms\":null}}} | 422",
                "{\"language\":\"ko\",\"more\":1} | 422",
                "[] | 400",
            })
    void preferencesAreTakenOrRefusedWithAReason(String body, int status) {
        Answer answer = me().send("PUT", "/v1/users/me/notification-preferences", body, Map.of());
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        if (status == 200) {
            assertThat(me().get("/v1/users/me/notification-preferences").json()).isEqualTo(answer.json());
        }
    }

    @Test
    void aPhoneGetsThreeCodesAnHourAndFiveADay() {
        for (int i = 0; i < 3; i++) {
            assertThat(confirmedPhone()).hasSize(6);
        }
        assertThat(me().post("/v1/users/me/phone", Map.of("phone", "010-1234-5678"))
                        .status())
                .isEqualTo(409);
        CLOCK.advance(Duration.ofMinutes(61));
        confirmedPhone();
        confirmedPhone();
        CLOCK.advance(Duration.ofMinutes(61));
        assertThat(me().post("/v1/users/me/phone", Map.of("phone", "010-1234-5678"))
                        .status())
                .isEqualTo(409);
        CLOCK.advance(Duration.ofHours(24));
        confirmedPhone();
    }

    @Test
    void aCodeBearsFiveTriesAndTenMinutes() {
        String code = confirmedPhone();
        String wrong = code.equals("000000") ? "111111" : "000000";
        for (int i = 0; i < 5; i++) {
            assertThat(confirm(wrong)).isEqualTo(409);
        }
        assertThat(confirm(code)).isEqualTo(409);
        String next = confirmedPhone();
        CLOCK.advance(Duration.ofMinutes(10));
        assertThat(confirm(next)).isEqualTo(409);
        String last = confirmedPhone();
        assertThat(confirm(wrong)).isEqualTo(last.equals(wrong) ? 200 : 409);
        assertThat(confirm(last)).isEqualTo(200);
        assertThat(me().get("/v1/users/me/notification-preferences")
                        .json()
                        .get("phone")
                        .asString())
                .isEqualTo("+821012345678");
        assertThat(confirm(last)).isEqualTo(409);
    }

    private int confirm(String code) {
        return me().post("/v1/users/me/phone/confirm", Map.of("code", code)).status();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://fcm.googleapis.com/x",
                "https://10.0.0.1/x",
                "https://localhost/x",
                "https://gavel.dev/x",
                "nonsense",
                "//fcm.googleapis.com/x"
            })
    void aPushGoesNowhereButToPushServices(String endpoint) {
        Map<String, Object> body =
                Map.of("endpoint", endpoint, "keys", Map.of("p256dh", KEY.text(), "auth", "BTBZMqHH6r4Tts7J_aSIgg"));
        assertThat(me().send("PUT", "/v1/users/me/push-subscriptions", body, Map.of())
                        .status())
                .isEqualTo(422);
    }

    @Test
    void aBrowserWithoutProperKeysIsRefused() {
        String good = KEY.text();
        for (List<String> keys : List.of(
                List.of("", "BTBZMqHH6r4Tts7J_aSIgg"),
                List.of("!!!", "BTBZMqHH6r4Tts7J_aSIgg"),
                List.of("BB" + good.substring(2), "BTBZMqHH6r4Tts7J_aSIgg"),
                List.of(good, "AAAA"),
                List.of("A".repeat(5_000), "AAAA"))) {
            Map<String, Object> body = Map.of(
                    "endpoint",
                    BROWSERS.endpoint("x"),
                    "keys",
                    Map.of("p256dh", keys.getFirst(), "auth", keys.getLast()));
            Answer answer = me().send("PUT", "/v1/users/me/push-subscriptions", body, Map.of());
            assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        }
    }

    @Test
    void tenBrowsersAreRememberedAndOneCanBeTakenAway() {
        for (int i = 0; i < 12; i++) {
            PushSubscription browser = Post.browser(BROWSERS.endpoint("b" + i));
            me().send("PUT", "/v1/users/me/push-subscriptions", browser, Map.of());
        }
        assertThat(browsers()).isEqualTo(10);
        for (URI gone : List.of(BROWSERS.endpoint("b0"), BROWSERS.endpoint("b11"))) {
            String query = URLEncoder.encode(gone.toString(), StandardCharsets.UTF_8);
            assertThat(me().send("DELETE", "/v1/users/me/push-subscriptions?endpoint=" + query, "", Map.of())
                            .status())
                    .isEqualTo(200);
        }
        assertThat(browsers()).isEqualTo(9);
    }

    private int browsers() {
        return me().get("/v1/users/me/notification-preferences")
                .json()
                .get("pushSubscriptions")
                .asInt();
    }

    @Test
    void anybodyMayHaveTheKeyToSubscribeWith() {
        Answer answer = FunctionCaller.of(resources.uri()).get("/v1/push-key");
        assertThat(answer.json().get("publicKey").asString()).isEqualTo(KEY.text());
        assertThat(answer.header("cache-control"))
                .hasValueSatisfying(value -> assertThat(value).contains("max-age=3600"));
    }
}
