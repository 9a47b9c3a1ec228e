package dev.gavel.bench.wiring;

import dev.gavel.auctions.PlaceBid;
import dev.gavel.auctions.PlaceBids;
import dev.gavel.dynamo.DynamoClients;
import dev.gavel.dynamo.DynamoOutbox;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Rejection;
import dev.gavel.runtime.CallerVerifier;
import dev.gavel.runtime.FactPublisher;
import dev.gavel.runtime.JwtCallerVerifier;
import dev.gavel.runtime.Publishers;
import dev.gavel.runtime.Settings;
import dev.gavel.runtime.TokenRefused;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Takes a bid from whichever host: what Gavel's own host does between the HTTP request and the use case,
/// and the parts to make it of, so that hosts can wire them in their own way.
public final class Desk {

    private static final String BEARER = "Bearer ";

    private final CallerVerifier verifier;
    private final PlaceBid placeBid;
    private final Clock clock = Clock.systemUTC();

    public Desk(CallerVerifier verifier, PlaceBid placeBid) {
        this.verifier = verifier;
        this.placeBid = placeBid;
    }

    /// @param receipt there when the bid was accepted, which is status 201
    public record Answer(int status, PlaceBid.@Nullable Receipt receipt) {}

    /// @param authorization the header of this name
    /// @param key the header `Idempotency-Key`
    public Answer place(@Nullable String authorization, @Nullable String key, PlaceBid.Command command) {
        if (authorization == null || !authorization.startsWith(BEARER)) {
            return new Answer(401, null);
        }
        if (key == null || key.isBlank()) {
            return new Answer(400, null);
        }
        try {
            Caller caller = verifier.verify(authorization.substring(BEARER.length()));
            return switch (placeBid.apply(new Call<>(command, caller, clock.instant(), key))) {
                case Outcome.Accepted<PlaceBid.Receipt>(PlaceBid.Receipt receipt) -> new Answer(201, receipt);
                case Outcome.Rejected<PlaceBid.Receipt>(Rejection reason) -> new Answer(status(reason.kind()), null);
            };
        } catch (TokenRefused _) {
            return new Answer(401, null);
        }
    }

    private static int status(Rejection.Kind kind) {
        return switch (kind) {
            case INVALID -> 422;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case MISSING -> 404;
            case CONFLICT -> 409;
        };
    }

    public static Settings settings() {
        return Settings.of(Map.of());
    }

    public static CallerVerifier verifier(Settings settings) {
        return new JwtCallerVerifier(settings, Clock.systemUTC());
    }

    public static DynamoDbClient client(Settings settings) {
        return DynamoClients.of(settings);
    }

    public static DynamoTables tables(Settings settings) {
        return DynamoTables.of(settings);
    }

    public static FactPublisher publisher(Settings settings) {
        return Publishers.http(settings);
    }

    public static DynamoOutbox outbox(DynamoDbClient client, DynamoTables tables, FactPublisher publisher) {
        return new DynamoOutbox(client, tables, publisher, "auctions");
    }

    public static PlaceBid placeBid(DynamoDbClient client, DynamoTables tables, DynamoOutbox outbox) {
        return PlaceBids.over(client, tables, outbox);
    }
}
