package dev.gavel.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpEventsTest {
    @Test
    void aHeaderValueIsAsciiOnTheWire() {
        assertThat(HttpEvents.printable("a plain subject, 100%")).isEqualTo("a plain subject, 100%");
        assertThat(HttpEvents.printable("경매")).isEqualTo("%EA%B2%BD%EB%A7%A4");
        assertThat(HttpEvents.printable("a\r\nHost: evil")).isEqualTo("a%0D%0AHost: evil");
    }

    @Test
    void headersAloneAreAnEvent() {
        var headers = Map.of(
                "ce-specversion", List.of("1.0"),
                "ce-id", List.of("1"),
                "ce-type", List.of("t"),
                "ce-source", List.of("/s"));
        assertThat(HttpEvents.read(headers, new byte[0])).isPresent();
    }

    @Test
    void aMissingAttributeOrAnUnknownVersionIsNoEvent() {
        assertThat(HttpEvents.read(Map.of("ce-specversion", List.of("1.0"), "ce-id", List.of("1")), new byte[0]))
                .isEmpty();
        assertThat(HttpEvents.read(Map.of("ce-specversion", List.of("9.9")), new byte[0]))
                .isEmpty();
        assertThat(HttpEvents.read(Map.of("content-type", List.of("application/json")), new byte[] {'{', '}'}))
                .isEmpty();
    }
}
