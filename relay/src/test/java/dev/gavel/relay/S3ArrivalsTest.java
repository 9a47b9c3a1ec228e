package dev.gavel.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gavel.events.Json;
import dev.gavel.relay.Translation.Untranslatable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class S3ArrivalsTest {

    private static final String OBJECT = "uploads/usr_01KAMQ2M4N6P8R0STVWXYZ1357/pic_01KAMS2B5D7F9H1K3M5P7R9T1V";

    /// As the Amazon S3 User Guide shows a message.
    private static final String MESSAGE = """
            {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"ap-northeast-2",
            "eventTime":"2026-11-23T02:10:00.123Z","eventName":"ObjectCreated:Post",
            "userIdentity":{"principalId":"AIDAJDPLRKLG7UEXAMPLE"},
            "requestParameters":{"sourceIPAddress":"127.0.0.1"},
            "responseElements":{"x-amz-request-id":"C3D13FE58DE4C810"},
            "s3":{"s3SchemaVersion":"1.0","configurationId":"uploads","bucket":{"name":"gavel-uploads",
            "ownerIdentity":{"principalId":"A3NL1KOZZKExample"},"arn":"arn:aws:s3:::gavel-uploads"},
            "object":{"key":"%s","size":1024,"eTag":"d41d8cd98f00b204e9800998ecf8427e",
            "sequencer":"0055AED6DCD90281E5"}}}]}""".formatted(OBJECT.replace("/", "%2F"));

    private final S3Arrivals arrivals = new S3Arrivals();

    @Test
    void anArrivalIsAFactAboutAPicture() throws Untranslatable {
        JsonNode event = only(MESSAGE);
        assertThat(event.at("/type").asString()).isEqualTo("dev.gavel.picture.uploaded.v1");
        assertThat(event.at("/id").asString()).isEqualTo("pic_01KAMS2B5D7F9H1K3M5P7R9T1V-1");
        assertThat(event.at("/source").asString()).isEqualTo("/s3/uploads");
        assertThat(event.at("/subject").asString())
                .isEqualTo("pic_01KAMS2B5D7F9H1K3M5P7R9T1V")
                .isEqualTo(event.at("/partitionkey").asString());
        assertThat(event.at("/data/object").asString()).isEqualTo(OBJECT);
        assertThat(event.at("/data/bytes").asLong()).isEqualTo(1024);
        assertThat(event.at("/time").asString()).isEqualTo("2026-11-23T02:10:00.123Z");
    }

    @Test
    void toldOnceMoreItIsTheSameFact() throws Untranslatable {
        String again =
                MESSAGE.replace("0055AED6DCD90281E5", "0055AED6DCD90281E6").replace(":00.123Z", ":09Z");
        assertThat(only(again).at("/id")).isEqualTo(only(MESSAGE).at("/id"));
    }

    @Test
    void manyRecordsAreManyFacts() throws Untranslatable {
        String one = MESSAGE.substring(MESSAGE.indexOf('[') + 1, MESSAGE.lastIndexOf(']'));
        assertThat(arrivals.events("{\"Records\":[" + one + "," + one + "]}")).hasSize(2);
    }

    @Test
    void whatTellsOfNoArrivalIsNoFact() throws Untranslatable {
        assertThat(arrivals.events(
                        "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"gavel-uploads\"}"))
                .isEmpty();
        assertThat(arrivals.events(MESSAGE.replace("ObjectCreated:Post", "ObjectRemoved:Delete")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "[]",
                "{}",
                "{\"Records\":[]}",
                "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\"}]}",
            })
    void whatMakesNoSenseIsSaidToMakeNone(String message) {
        assertThatExceptionOfType(Untranslatable.class).isThrownBy(() -> arrivals.events(message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "uploads/usr_01KAMQ2M4N6P8R0STVWXYZ1357/pic_01KAMS2B5D7F9H1K3M5P7R9T1V/more",
                "uploads/../pic_01KAMS2B5D7F9H1K3M5P7R9T1V",
                "p/usr_01KAMQ2M4N6P8R0STVWXYZ1357/pic_01KAMS2B5D7F9H1K3M5P7R9T1V",
                "uploads/usr_01KAMQ2M4N6P8R0STVWXYZ135U/pic_01KAMS2B5D7F9H1K3M5P7R9T1V",
                "%zz"
            })
    void anObjectThatIsNobodysUploadIsToldOf(String key) {
        assertThatExceptionOfType(Untranslatable.class)
                .isThrownBy(() -> arrivals.events(MESSAGE.replace(OBJECT.replace("/", "%2F"), key)));
    }

    private JsonNode only(String message) throws Untranslatable {
        List<byte[]> events = arrivals.events(message);
        assertThat(events).hasSize(1);
        return Json.MAPPER.readTree(events.getFirst());
    }
}
