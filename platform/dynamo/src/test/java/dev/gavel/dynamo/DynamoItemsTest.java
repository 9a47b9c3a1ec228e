package dev.gavel.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoItemsTest {

    private static final Map<String, AttributeValue> ITEM = Map.of(
            "title", DynamoItems.s("의자"),
            "price", DynamoItems.n(-5),
            "image", DynamoItems.b(new byte[] {1, 0}),
            "open", DynamoItems.bool(false),
            "at", DynamoItems.time(Instant.parse("2026-11-22T12:00:00.5Z")),
            "secret", DynamoItems.s("hunter2"));

    @Test
    void whatWasWrittenIsRead() {
        assertThat(DynamoItems.text(ITEM, "title")).isEqualTo("의자");
        assertThat(DynamoItems.number(ITEM, "price")).isEqualTo(-5);
        assertThat(DynamoItems.bytes(ITEM, "image")).containsExactly(1, 0);
        assertThat(DynamoItems.flag(ITEM, "open")).isFalse();
        assertThat(DynamoItems.time(ITEM, "at")).isEqualTo("2026-11-22T12:00:00.5Z");
        assertThat(DynamoItems.textIfAny(ITEM, "subtitle")).isEmpty();
    }

    @Test
    void whatIsMissingOrOfAnotherTypeIsNamedWithoutValues() {
        assertThatIllegalStateException()
                .isThrownBy(() -> DynamoItems.text(ITEM, "seller"))
                .withMessageContaining("seller should be a text")
                .withMessageContaining("title")
                .withMessageNotContaining("hunter2");
        assertThatIllegalStateException().isThrownBy(() -> DynamoItems.text(ITEM, "price"));
        assertThatIllegalStateException().isThrownBy(() -> DynamoItems.number(ITEM, "title"));
        assertThatIllegalStateException().isThrownBy(() -> DynamoItems.bytes(ITEM, "title"));
        assertThatIllegalStateException().isThrownBy(() -> DynamoItems.flag(ITEM, "title"));
        assertThatIllegalStateException()
                .isThrownBy(() -> DynamoItems.time(ITEM, "secret"))
                .withMessageNotContaining("hunter2");
        assertThatIllegalStateException()
                .isThrownBy(() -> DynamoItems.number(Map.of("n", AttributeValue.fromN("1.5")), "n"));
    }

    @Test
    void timesAsTextSortByTime() {
        List<String> inOrder = List.of(
                "2026-11-22T12:00:00.000000000Z", "2026-11-22T12:00:00.000000001Z", "2026-11-22T12:00:01.000000000Z");
        assertThat(inOrder)
                .isSorted()
                .allSatisfy(text ->
                        assertThat(DynamoItems.sortable(Instant.parse(text))).isEqualTo(text));
    }
}
