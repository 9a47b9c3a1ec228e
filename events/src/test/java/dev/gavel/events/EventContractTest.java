package dev.gavel.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class EventContractTest {

    static List<Class<? extends MarketEvent>> events() {
        return List.copyOf(EventCatalog.TYPES.values());
    }

    @ParameterizedTest
    @MethodSource("events")
    void theTypeIsWrittenOnTheRecordInTheAgreedForm(Class<? extends MarketEvent> event) {
        CloudEventType annotation = event.getAnnotation(CloudEventType.class);

        assertThat(annotation).isNotNull();
        assertThat(annotation.value()).matches("dev\\.gavel\\.[a-z]+\\.[a-z]+(-[a-z]+)*\\.v[1-9][0-9]*");
        assertThat(annotation.schema()).matches("[1-9][0-9]*\\.[0-9]+");
        assertThat(annotation.value())
                .as("the major of the type is the major of its schema")
                .endsWith(".v" + annotation.schema().replaceFirst("\\..*", ""));
    }

    @ParameterizedTest
    @MethodSource("events")
    void theSchemaIsAValidSchemaUnderItsOwnAddress(Class<? extends MarketEvent> event) {
        JsonNode schema = Contract.schemaDocument(event);

        assertThat(schema.path("$schema").asString()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.path("$id").asString()).isEqualTo(EventCatalog.schema(event));
        assertThat(Contract.metaSchema().validate(schema)).isEmpty();
    }

    @Test
    void anInvalidSchemaIsNoticed() {
        JsonNode wrong = Json.MAPPER.readTree("{\"type\": \"objekt\"}");

        assertThat(Contract.metaSchema().validate(wrong)).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("events")
    void theSchemaDescribesTheMembersOfTheRecord(Class<? extends MarketEvent> event) {
        JsonNode schema = Contract.schemaDocument(event);
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asString()));

        assertThat(schema.path("properties").propertyNames())
                .containsExactlyInAnyOrderElementsOf(
                        components(event).map(RecordComponent::getName).toList());
        assertThat(required)
                .containsExactlyInAnyOrderElementsOf(components(event)
                        .filter(component -> !component.getAnnotatedType().isAnnotationPresent(Nullable.class))
                        .map(RecordComponent::getName)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("events")
    void everySampleIsValidAndIsReadAndWrittenWithoutLoss(Class<? extends MarketEvent> event) {
        var schema = Contract.schema(Contract.schemaDocument(event));

        assertThat(Contract.samples(event)).as("samples of " + event).isNotEmpty();
        for (Path sample : Contract.samples(event)) {
            JsonNode json = Contract.json(sample);
            assertThat(schema.validate(json)).as(sample.toString()).isEmpty();
            MarketEvent read = Json.MAPPER.treeToValue(json, event);
            assertThat(Json.MAPPER.readTree(Json.MAPPER.writeValueAsString(read)))
                    .as(sample.toString())
                    .isEqualTo(json);
            assertThat(read.subject()).isNotBlank();
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void theCurrentSchemaHasASample(Class<? extends MarketEvent> event) {
        String first = event.getAnnotation(CloudEventType.class).schema() + "-1.json";

        assertThat(Contract.samples(event)).extracting(Path::getFileName).contains(Path.of(first));
    }

    @ParameterizedTest
    @MethodSource("events")
    void aMemberOfANewerSchemaIsIgnored(Class<? extends MarketEvent> event) {
        ObjectNode sample = sample(event);
        MarketEvent known = Json.MAPPER.treeToValue(sample, event);
        sample.put("addedInANewerSchema", "something");

        assertThat(Json.MAPPER.treeToValue(sample, event)).isEqualTo(known);
        assertThat(Contract.schema(Contract.schemaDocument(event)).validate(sample))
                .as("the schema lets it pass too")
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("events")
    void aMissingMemberIsRefusedByTheSchema(Class<? extends MarketEvent> event) {
        JsonNode schema = Contract.schemaDocument(event);
        assertThat(schema.path("required")).isNotEmpty();

        for (JsonNode name : schema.path("required")) {
            ObjectNode sample = sample(event);
            assertThat(sample.remove(name.asString())).as(name.asString()).isNotNull();
            assertThat(Contract.schema(schema).validate(sample))
                    .as("without " + name.asString())
                    .anySatisfy(error -> assertThat(error.getProperty()).isEqualTo(name.asString()));
        }
    }

    @Test
    void aWinnerWithoutASaleIsRefusedByTheSchema() {
        var schema = Contract.schema(Contract.schemaDocument(AuctionEvent.AuctionClosed.class));
        ObjectNode sample = sample(AuctionEvent.AuctionClosed.class);
        assertThat(schema.validate(sample)).isEmpty();

        assertThat(schema.validate(sample.deepCopy().put("result", "unsold"))).isNotEmpty();
        assertThat(schema.validate(sample.deepCopy().remove(List.of("winnerId"))))
                .isNotEmpty();
    }

    private static Stream<RecordComponent> components(Class<?> event) {
        return Arrays.stream(event.getRecordComponents());
    }

    private static ObjectNode sample(Class<? extends MarketEvent> event) {
        return (ObjectNode) Contract.json(Contract.samples(event).getFirst());
    }
}
