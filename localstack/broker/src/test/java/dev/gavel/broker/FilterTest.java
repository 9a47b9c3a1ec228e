package dev.gavel.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.time.OffsetDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTest {
    private static final CloudEvent EVENT = CloudEventBuilder.v1()
            .withId("1")
            .withType("dev.gavel.bid.accepted.v1")
            .withSource(URI.create("/functions/place-bid"))
            .withSubject("auction-1")
            .withTime(OffsetDateTime.parse("2026-03-01T10:00:00Z"))
            .withDataContentType("application/json")
            .withExtension("recipient", "ann")
            .withExtension("sequence", 7)
            .build();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    filters: [{exact: {type: dev.gavel.bid.accepted.v1}}]                            | true
                    filters: [{exact: {type: dev.gavel.bid}}]                                        | false
                    filters: [{exact: {subject: auction-1, recipient: ann}}]                         | true
                    filters: [{exact: {subject: auction-1, recipient: bob}}]                         | false
                    filters: [{exact: {nothing: there}}]                                             | false
                    filters: [{exact: {time: '2026-03-01T10:00:00Z'}}]                               | true
                    filters: [{exact: {sequence: 7}}]                                                | true
                    filters: [{prefix: {type: dev.gavel.}}]                                          | true
                    filters: [{prefix: {type: com.}}]                                                | false
                    filters: [{suffix: {type: .v1}}]                                                 | true
                    filters: [{suffix: {type: .v2}}]                                                 | false
                    filters: [{all: [{prefix: {type: dev.}}, {suffix: {type: .v1}}]}]                | true
                    filters: [{all: [{prefix: {type: dev.}}, {suffix: {type: .v2}}]}]                | false
                    filters: [{any: [{prefix: {type: com.}}, {suffix: {type: .v1}}]}]                | true
                    filters: [{any: [{prefix: {type: com.}}, {suffix: {type: .v2}}]}]                | false
                    filters: [{not: {exact: {subject: auction-2}}}]                                  | true
                    filters: [{not: {exact: {subject: auction-1}}}]                                  | false
                    filters: [{prefix: {type: dev.}}, {exact: {recipient: ann}}]                     | true
                    filters: [{prefix: {type: dev.}}, {exact: {recipient: bob}}]                     | false
                    filters: [{cesql: "type LIKE 'dev.gavel.%' AND EXISTS recipient"}]               | true
                    filters: [{cesql: "type LIKE 'dev.gavel.%' AND EXISTS nobody"}]                  | false
                    filters: [{cesql: "sequence > 6"}]                                               | true
                    filters: [{cesql: "sequence > 7"}]                                               | false
                    filters: [{cesql: "missing = 1"}]                                                | false
                    filters: [{cesql: "source"}]                                                     | false
                    filters: []                                                                      | true
                    filter: {attributes: {type: dev.gavel.bid.accepted.v1, recipient: ''}}           | true
                    filter: {attributes: {type: dev.gavel.bid.accepted.v1, nobody: ''}}              | false
                    filter: {attributes: {type: other}}                                              | false
                    {filter: {attributes: {type: other}}, filters: [{exact: {subject: auction-1}}]}  | true
                    """)
    void aTriggerWantsWhatItsFilterSays(String filter, boolean wanted) {
        var lines = filter.startsWith("{")
                ? filter.substring(1, filter.length() - 1).replace("}, filters", "}\nfilters")
                : filter;
        var yaml = Playground.broker("b", 1) + Playground.trigger("t", "b", lines);
        var trigger = Playground.manifests(yaml).triggers().getFirst();
        assertThat(trigger.filter().matches(EVENT)).isEqualTo(wanted);
    }
}
