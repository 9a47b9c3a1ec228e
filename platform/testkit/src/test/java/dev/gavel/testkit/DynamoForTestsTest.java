package dev.gavel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DynamoForTestsTest {

    @RegisterExtension
    static final DynamoForTests dynamo = new DynamoForTests();

    @Test
    void itAnswersAndEveryInstanceHasTablesOfItsOwn() throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(HttpRequest.newBuilder(dynamo.endpoint()).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isBetween(200, 499);
        }
        assertThat(dynamo.settings())
                .containsEntry("AWS_ENDPOINT_URL_DYNAMODB", dynamo.endpoint().toString())
                .containsEntry("GAVEL_TABLE_PREFIX", dynamo.tablePrefix());
        assertThat(new DynamoForTests().tablePrefix()).isNotEqualTo(dynamo.tablePrefix());
        assertThat(new DynamoForTests().endpoint()).isEqualTo(dynamo.endpoint());
    }
}
