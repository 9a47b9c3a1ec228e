package dev.gavel.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.auctions.AuctionFunctions;
import dev.gavel.dynamo.DynamoClients;
import dev.gavel.kernel.Ids;
import dev.gavel.runtime.FunctionHost;
import dev.gavel.runtime.HostOptions;
import dev.gavel.runtime.Settings;
import dev.gavel.testkit.TestIssuer;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

class BidStubTest {

    private final TestIssuer issuer = new TestIssuer();
    private final Ids ids = Ids.secure(Clock.systemUTC());
    private BidStub stub;

    @BeforeEach
    void open() throws IOException, GeneralSecurityException {
        stub = new BidStub(issuer, SSLContext.getDefault());
        ColdStart.openAuction(stub, issuer);
        stub.forget();
    }

    @AfterEach
    void close() {
        stub.close();
    }

    @Test
    void aBidThatIsWhatItSaysMissesNothing() throws IOException {
        String auction = ids.next("auc");

        assertThat(bid(auction, Map.of(), Map.of())).isEqualTo(201);

        assertThat(stub.missing(auction)).isEmpty();
        assertThat(stub.missing(ids.next("auc"))).hasSize(3);
    }

    @Test
    void anAnswerWithoutTheWriteIsFoundOut() throws IOException {
        String auction = ids.next("auc");
        try (DynamoDbClient client = DynamoClients.of(Settings.of(stub.settings(false)))) {
            assertThat(bid(auction, Map.of(), Map.of("dynamoDbClient", ColdStartControl.forgetful(client))))
                    .isEqualTo(201);
        }

        assertThat(stub.missing(auction)).contains("it never committed the bid");
    }

    @Test
    void aRequestSignedWithAnotherSecretIsFoundOut() throws IOException {
        String auction = ids.next("auc");

        assertThat(bid(auction, Map.of("AWS_SECRET_ACCESS_KEY", "another"), Map.of()))
                .isGreaterThanOrEqualTo(500);

        assertThat(stub.missing(auction)).contains("GetItem has a wrong signature");
    }

    @Test
    void aWriteWithoutItsConditionIsFoundOut() {
        String auction = ids.next("auc");
        try (DynamoDbClient client = DynamoClients.of(Settings.of(stub.settings(false)))) {
            TransactWriteItem head = TransactWriteItem.builder()
                    .put(put -> put.tableName(BidStub.PREFIX + "auctions")
                            .item(Map.of(
                                    "auctionId", AttributeValue.fromS(auction), "part", AttributeValue.fromS("head"))))
                    .build();
            assertThatThrownBy(() -> client.transactWriteItems(write -> write.transactItems(head)))
                    .isInstanceOf(DynamoDbException.class);
        }

        assertThat(stub.missing(auction)).contains("it wrote a bid without its conditions or its fact");
    }

    private int bid(String auction, Map<String, String> other, Map<String, ?> beans) throws IOException {
        Map<String, String> settings = new HashMap<>(stub.settings(false));
        // As patient as a test is: a limit met here says nothing about what the stub found.
        settings.putAll(Map.of(
                "GAVEL_JWKS_TIMEOUT", "15",
                "GAVEL_DYNAMODB_TIMEOUT", "12",
                "GAVEL_PUBLISH_TIMEOUT", "15",
                "GAVEL_REQUEST_TIMEOUT", "50"));
        settings.putAll(other);
        ColdHost host = ColdPeers.control();
        try (FunctionHost function =
                        FunctionHost.start(new HostOptions("placeBid", 0, settings), beans, AuctionFunctions.class);
                RawConnection connection = new RawConnection(function.port())) {
            connection.send(host.request(auction, issuer.token(ids.next("usr"), Instant.now())));
            return connection.receive().status();
        }
    }
}
