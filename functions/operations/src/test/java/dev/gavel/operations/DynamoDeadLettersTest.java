package dev.gavel.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.dynamo.DynamoClients;
import dev.gavel.dynamo.DynamoItems;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.runtime.Settings;
import dev.gavel.testkit.DynamoForTests;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoDeadLettersTest implements DeadLettersContract {

    @RegisterExtension
    static final DynamoForTests DYNAMO = new DynamoForTests();

    private static final DynamoDbClient CLIENT = DynamoClients.of(Settings.of(DYNAMO.settings()));

    private final DynamoTables tables = DynamoTables.of(DYNAMO.tablePrefix() + UUID.randomUUID() + "-");

    @AfterAll
    static void disconnect() {
        CLIENT.close();
    }

    @Override
    public DeadLetters letters() {
        tables.create(CLIENT, "dead-letters");
        return new DynamoDeadLetters(CLIENT, tables);
    }

    @Test
    void aLetterIsForgottenThirtyDaysAfterItFirstCame() {
        DeadLetters letters = letters();
        DeadLetter letter = Letters.letter("e-1", Letters.NOON);
        letters.save(letter);
        letters.save(letter.redelivered(1, Letters.OPERATOR, Letters.NOON.plus(Duration.ofDays(20))));
        String table = tables.name("dead-letters");
        assertThat(CLIENT.scan(scan -> scan.tableName(table)).items())
                .singleElement()
                .satisfies(item -> assertThat(DynamoItems.number(item, "expiresAt"))
                        .isEqualTo(Letters.NOON.plus(Duration.ofDays(30)).getEpochSecond()));
        assertThat(CLIENT.describeTimeToLive(ttl -> ttl.tableName(table))
                        .timeToLiveDescription()
                        .attributeName())
                .isEqualTo("expiresAt");
    }
}
