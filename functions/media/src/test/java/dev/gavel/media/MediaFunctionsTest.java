package dev.gavel.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.dynamo.DynamoClients;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.events.Fact;
import dev.gavel.events.PictureEvent.PictureRejected;
import dev.gavel.events.PictureEvent.PictureResized;
import dev.gavel.events.PictureEvent.PictureUploaded;
import dev.gavel.kernel.PictureId;
import dev.gavel.kernel.UserId;
import dev.gavel.runtime.FunctionHost;
import dev.gavel.runtime.HostOptions;
import dev.gavel.runtime.RecordedFacts;
import dev.gavel.runtime.Settings;
import dev.gavel.runtime.TrustingCallerVerifier;
import dev.gavel.s3.S3Buckets;
import dev.gavel.s3.S3Clients;
import dev.gavel.testkit.DynamoForTests;
import dev.gavel.testkit.FunctionCaller;
import dev.gavel.testkit.FunctionCaller.Answer;
import dev.gavel.testkit.S3ForTests;
import java.awt.Color;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/// The functions of this context as their callers see them, on a real store, with files that a browser
/// posts.
class MediaFunctionsTest {

    @RegisterExtension
    static final DynamoForTests DYNAMO = new DynamoForTests();

    @RegisterExtension
    static final S3ForTests S3 = new S3ForTests();

    private static final RecordedFacts FACTS = new RecordedFacts();

    private static FunctionHost resources;
    private static FunctionHost resizing;

    @BeforeAll
    static void start() {
        try (DynamoDbClient client = DynamoClients.of(Settings.of(DYNAMO.settings()))) {
            DynamoTables.of(DYNAMO.tablePrefix()).create(client, "pictures", "outbox", "idempotency", "inbox");
        }
        try (S3Client client = S3Clients.of(Settings.of(S3.settings()))) {
            S3Buckets.of(Settings.of(S3.settings())).create(client);
        }
        resources = host("presignUpload,getPicture,deleteImage");
        resizing = host("resizeImage");
    }

    @AfterAll
    static void stop() {
        List.of(resources, resizing).forEach(FunctionHost::close);
    }

    @Test
    void aPictureIsPostedResizedAndDeleted() throws Exception {
        Posted posted = posted(Album.ANNA, Album.photo(Color.BLUE));
        assertThat(posted.status).isEqualTo(204);
        assertThat(state(Album.ANNA, posted.id)).isEqualTo("expected");
        deliver(posted);
        deliver(posted);
        assertThat(state(Album.ANNA, posted.id)).isEqualTo("ready");
        assertThat(facts(posted.id)).hasExactlyElementsOfTypes(PictureResized.class);

        assertThat(as(Album.ANNA)
                        .send("DELETE", "/v1/pictures/" + posted.id, "", Map.of())
                        .status())
                .isEqualTo(200);
        assertThat(state(Album.ANNA, posted.id)).isEqualTo("deleted");
    }

    @Test
    void whatIsNoPictureIsRejectedWithTheReason() throws Exception {
        Posted posted = posted(Album.ANNA, "GIF89a".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        deliver(posted);
        Answer answer = as(Album.ANNA).get("/v1/pictures/" + posted.id);
        assertThat(answer.json().at("/reason").asString()).isEqualTo("unsupported");
        assertThat(facts(posted.id)).hasExactlyElementsOfTypes(PictureRejected.class);
    }

    @ParameterizedTest
    @CsvSource({"key, uploads/somebody/else", "Content-Type, text/html", "x-amz-date, 20200101T000000Z", "policy, e30="
    })
    void aFormThatWasChangedIsNotTaken(String field, String value) throws Exception {
        Answer form = form(Album.ANNA);
        Map<String, String> fields = fields(form);
        assertThat(fields).containsKey(field);
        fields.put(field, value);
        assertThat(Form.post(url(form), fields, new byte[10]).statusCode()).isBetween(400, 403);
    }

    @Test
    void aFileLargerThanAllowedIsNotTaken() throws Exception {
        Answer form = form(Album.ANNA);
        var refused = Form.post(url(form), fields(form), new byte[PresignUpload.LARGEST + 1]);
        assertThat(refused.statusCode()).isBetween(400, 413);
        assertThat(refused.body()).contains("EntityTooLarge");
    }

    @Test
    void somebodyElsesPictureLooksLikeNone() throws Exception {
        Posted posted = posted(Album.ANNA, Album.photo(Color.BLUE));
        deliver(posted);
        Answer others = as(Album.BORA).get("/v1/pictures/" + posted.id);
        assertThat(others.status()).isEqualTo(404);
        assertThat(others.json())
                .isEqualTo(as(Album.BORA)
                        .get("/v1/pictures/" + Album.expected().pictureId())
                        .json());
        assertThat(as(Album.BORA)
                        .send("DELETE", "/v1/pictures/" + posted.id, "", Map.of())
                        .status())
                .isEqualTo(404);
        assertThat(FunctionCaller.of(resources.uri())
                        .get("/v1/pictures/" + posted.id)
                        .status())
                .isEqualTo(401);
        assertThat(state(Album.ANNA, posted.id)).isEqualTo("ready");
    }

    private record Posted(PictureId id, UserId owner, int status) {}

    private static Posted posted(UserId owner, byte[] file) throws IOException, InterruptedException {
        Answer form = form(owner);
        PictureId id = new PictureId(form.json().at("/pictureId").asString());
        return new Posted(id, owner, Form.post(url(form), fields(form), file).statusCode());
    }

    private static Answer form(UserId owner) {
        Answer answer = as(owner)
                .send(
                        "POST",
                        "/v1/pictures",
                        Map.of("contentType", "image/jpeg", "bytes", 1000),
                        Map.of("idempotency-key", UUID.randomUUID().toString()));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    private static URI url(Answer form) {
        return URI.create(form.json().at("/url").asString());
    }

    private static Map<String, String> fields(Answer form) {
        Map<String, String> fields = new LinkedHashMap<>();
        form.json()
                .at("/fields")
                .properties()
                .forEach(field -> fields.put(field.getKey(), field.getValue().asString()));
        return fields;
    }

    private static void deliver(Posted posted) {
        Instant now = Instant.now();
        PictureUploaded event =
                new PictureUploaded(posted.id, posted.owner, Picture.object(posted.owner, posted.id), 1, now);
        Answer answer = FunctionCaller.of(resizing.uri()).deliver(new Fact<>("/s3/uploads", 1, now, event));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    }

    private static String state(UserId user, PictureId id) {
        Answer answer = as(user).get("/v1/pictures/" + id);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().at("/status").asString();
    }

    private static List<Object> facts(PictureId id) {
        return FACTS.facts().stream()
                .filter(fact -> fact.subject().equals(id.value()))
                .<Object>map(Fact::data)
                .toList();
    }

    private static FunctionCaller as(UserId user) {
        return FunctionCaller.of(resources.uri()).withToken(user.value());
    }

    private static FunctionHost host(String definition) {
        Map<String, String> settings = new HashMap<>(S3.settings());
        settings.putAll(DYNAMO.settings());
        HostOptions options = new HostOptions(definition, 0, settings)
                .with("GAVEL_CONTEXT", "media")
                .with("GAVEL_LOG", "off")
                .with(
                        "GAVEL_UPLOADS_URL",
                        S3.endpoint() + "/"
                                + S3Buckets.of(Settings.of(S3.settings())).name("uploads"));
        return FunctionHost.start(
                options,
                Map.of("callerVerifier", new TrustingCallerVerifier(), "factPublisher", FACTS),
                MediaFunctions.class);
    }
}
