package dev.gavel.dynamo;

import static dev.gavel.dynamo.DynamoItems.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gavel.runtime.Settings;
import dev.gavel.testkit.DynamoForTests;
import dev.gavel.testkit.Race;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

class DynamoTablesTest {

    @RegisterExtension
    static final DynamoForTests dynamo = new DynamoForTests();

    static final Settings settings = Settings.of(dynamo.settings());
    static final DynamoDbClient client = DynamoClients.of(settings);

    @Test
    void theDeclarationComesWithTheJar() {
        assertThat(DynamoTables.of("x-").declared()).contains("outbox", "idempotency", "inbox", "auctions", "users");
        assertThat(DynamoTables.of("x-").name("auctions")).isEqualTo("x-auctions");
        assertThat(DynamoTables.of(Settings.of(Map.of("GAVEL_TABLE_PREFIX", "")))
                        .name("auctions"))
                .isEqualTo("gavel-auctions");
    }

    @Test
    void aTableNobodyDeclaredIsAnError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DynamoTables.of("x-").name("actions"))
                .withMessageContaining("no table actions")
                .withMessageContaining("auctions");
    }

    @Test
    void everyDeclaredTableIsMadeOnceAndKeepsWhatIsInIt() {
        DynamoTables tables = DynamoTables.of(settings);
        tables.create(client);
        client.putItem(request -> request.tableName(tables.name("inbox")).item(Map.of("id", s("a"))));
        tables.create(client);
        assertThat(client.scan(request -> request.tableName(tables.name("inbox")))
                        .count())
                .isEqualTo(1);
        tables.delete(client);
        tables.delete(client);
        assertThat(client.listTables().tableNames()).noneMatch(name -> name.startsWith(dynamo.tablePrefix()));
    }

    @Test
    void indexesAndTimeToLiveAreMadeToo() {
        DynamoTables tables = DynamoTables.of(
                "full-" + dynamo.tablePrefix(),
                table("'name':'abc','hash':{'name':'a','type':'S'},'range':{'name':'r','type':'B'},'ttl':'expiresAt',"
                        + "'indexes':[{'name':'by-b','hash':{'name':'b','type':'N'},'projection':['title']},"
                        + "{'name':'by-c','hash':{'name':'c','type':'S'},'range':{'name':'a','type':'S'},"
                        + "'projection':'KEYS_ONLY'}]"));
        tables.create(client);
        Map<String, Projection> indexes = client
                .describeTable(request -> request.tableName(tables.name("abc")))
                .table()
                .globalSecondaryIndexes()
                .stream()
                .collect(Collectors.toMap(index -> index.indexName(), index -> index.projection()));
        assertThat(indexes.keySet()).containsExactlyInAnyOrder("by-b", "by-c");
        assertThat(indexes)
                .hasEntrySatisfying(
                        "by-b", index -> assertThat(index.nonKeyAttributes()).containsExactly("title"))
                .hasEntrySatisfying(
                        "by-c", index -> assertThat(index.projectionType()).isEqualTo(ProjectionType.KEYS_ONLY));
        assertThat(client.describeTimeToLive(request -> request.tableName(tables.name("abc")))
                        .timeToLiveDescription())
                .satisfies(ttl -> {
                    assertThat(ttl.timeToLiveStatus()).isEqualTo(TimeToLiveStatus.ENABLED);
                    assertThat(ttl.attributeName()).isEqualTo("expiresAt");
                });
    }

    @Test
    void severalMayMakeThemAtOnce() {
        DynamoTables tables = DynamoTables.of("race-" + dynamo.tablePrefix());
        Race.of(4, _ -> {
            tables.create(client, "inbox", "bidding");
            return true;
        });
        assertThat(client.listTables().tableNames()).contains(tables.name("inbox"), tables.name("bidding"));
    }

    @Test
    void aTableWithOtherKeysIsAnErrorThatSaysWhatToDo() {
        String prefix = "other-" + dynamo.tablePrefix();
        DynamoTables.of(prefix, table("'name':'abc','hash':{'name':'a','type':'S'}"))
                .create(client);
        assertThatIllegalStateException()
                .isThrownBy(() -> DynamoTables.of(prefix, table("'name':'abc','hash':{'name':'b','type':'S'}"))
                        .create(client))
                .withMessageContaining(prefix + "abc")
                .withMessageContaining("delete it or choose another GAVEL_TABLE_PREFIX");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'name':'a','hash':{'name':'k','type':'S'}                          | name of a table
            'name':'abc'                                                       | hash must be
            'name':'abc','hash':{'name':'k','type':'TEXT'}                     | hash must be
            'name':'abc','hash':{'name':'k'}                                   | hash must be
            'name':'abc','hash':{'name':'k','type':'S'},'range':{'name':'r'}   | range must be
            'name':'abc','hash':{'name':'k','type':'S'},'range':{'name':'k','type':'N'} | declared as S and as N
            'name':'abc','hash':{'name':'k','type':'S'},'tttl':'x'             | tttl
            'name':'abc','hash':{'name':'k','type':'S'},'indexes':[{'name':'ix'}] | name of an index
            'name':'abc','hash':{'name':'k','type':'S'},'indexes':[{'name':'idx','projection':'ALL'}] | hash of index idx
            'name':'abc','hash':{'name':'k','type':'S'},'indexes':[{'name':'idx','hash':{'name':'i','type':'S'}}] | projection of index idx
            'name':'abc','hash':{'name':'k','type':'S'},'indexes':[{'name':'idx','hash':{'name':'i','type':'S'},'projection':'SOME'}] | projection of index idx
            """)
    void aWrongDeclarationSaysWhatIsWrong(String table, String said) {
        assertThatIllegalStateException()
                .isThrownBy(() -> DynamoTables.of("x-", table(table)))
                .withMessageContaining("terraform/tables.json")
                .withMessageContaining(said);
    }

    @Test
    void aTableDeclaredTwiceAndAPrefixNoTableCanHaveAreErrors() {
        String one = "{'name':'abc','hash':{'name':'k','type':'S'}}".replace('\'', '"');
        assertThatIllegalStateException()
                .isThrownBy(() -> DynamoTables.of("x-", "[" + one + "," + one + "]"))
                .withMessageContaining("declared twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DynamoTables.of("gavel/"))
                .withMessageContaining("GAVEL_TABLE_PREFIX");
    }

    private static String table(String members) {
        return "[{" + members.replace('\'', '"') + "}]";
    }
}
