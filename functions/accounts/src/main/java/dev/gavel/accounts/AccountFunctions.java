package dev.gavel.accounts;

import dev.gavel.dynamo.DynamoOutbox;
import dev.gavel.dynamo.DynamoPlatform;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.dynamo.RelayFacts;
import dev.gavel.kernel.Ids;
import dev.gavel.runtime.HttpRoute;
import dev.gavel.runtime.HttpRoute.Access;
import dev.gavel.runtime.HttpRoute.Repeats;
import dev.gavel.runtime.Measures;
import dev.gavel.runtime.OnTick;
import dev.gavel.runtime.Settings;
import java.security.SecureRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The functions of this context with their routes and triggers, and the adapters beneath them.
@Configuration(proxyBeanMethods = false)
@Import(DynamoPlatform.class)
public class AccountFunctions {

    @Bean
    @HttpRoute(value = "POST /v1/users", access = Access.ANYONE, repeats = Repeats.OWN, success = 202)
    RegisterUser registerUser(Users users, PasswordHashes hashes, Ids ids) {
        return new RegisterUser(users, hashes, ids);
    }

    @Bean
    @HttpRoute(value = "POST /v1/tokens", access = Access.ANYONE, repeats = Repeats.OWN)
    IssueToken issueToken(
            Users users,
            PasswordHashes hashes,
            SignInAttempts attempts,
            Sessions sessions,
            AccessTokens tokens,
            Ids ids) {
        return new IssueToken(users, hashes, attempts, sessions, tokens, ids, new SecureRandom());
    }

    @Bean
    @HttpRoute(value = "POST /v1/tokens/refresh", access = Access.ANYONE, repeats = Repeats.OWN)
    RefreshToken refreshToken(Users users, Sessions sessions, AccessTokens tokens) {
        return new RefreshToken(users, sessions, tokens, new SecureRandom());
    }

    @Bean
    @HttpRoute(value = "POST /v1/tokens/revoke", access = Access.ANYONE, repeats = Repeats.OWN)
    RevokeToken revokeToken(Sessions sessions) {
        return new RevokeToken(sessions);
    }

    @Bean
    @HttpRoute(value = "GET /.well-known/jwks.json", access = Access.ANYONE, cacheSeconds = 60)
    PublishJwks publishJwks(SigningKeys keys) {
        return new PublishJwks(keys);
    }

    @Bean
    @OnTick
    RotateSigningKeys rotateSigningKeys(SigningKeys keys, KeyEncryption encryption) {
        return new RotateSigningKeys(keys, encryption);
    }

    @Bean
    @HttpRoute("GET /v1/users/me")
    GetProfile getProfile(Users users) {
        return new GetProfile(users);
    }

    @Bean
    @HttpRoute(value = "GET /v1/users/{userId}", access = Access.ANYONE)
    GetPublicProfile getPublicProfile(Users users) {
        return new GetPublicProfile(users);
    }

    @Bean
    @HttpRoute("PATCH /v1/users/me")
    UpdateProfile updateProfile(Users users) {
        return new UpdateProfile(users);
    }

    @Bean
    @OnTick
    RelayFacts relayAccountFacts(DynamoOutbox outbox, Measures measures) {
        return new RelayFacts(outbox, measures);
    }

    @Bean
    Users users(DynamoDbClient client, DynamoTables tables, DynamoOutbox outbox) {
        return new DynamoUsers(client, tables, outbox);
    }

    @Bean
    Sessions sessions(DynamoDbClient client, DynamoTables tables) {
        return new DynamoSessions(client, tables);
    }

    @Bean
    SigningKeys signingKeys(DynamoDbClient client, DynamoTables tables) {
        return new DynamoSigningKeys(client, tables);
    }

    @Bean
    SignInAttempts signInAttempts(DynamoDbClient client, DynamoTables tables) {
        return new DynamoSignInAttempts(client, tables);
    }

    @Bean
    PasswordHashes passwordHashes() {
        return Argon2PasswordHashes.forThisMachine();
    }

    @Bean
    KeyEncryption keyEncryption(Settings settings) {
        return KeyEncryption.fromBase64(settings.find(KeyEncryption.SETTING).orElse(""));
    }

    @Bean
    AccessTokens accessTokens(SigningKeys keys, KeyEncryption encryption, Settings settings, Ids ids) {
        return new AccessTokens(
                keys,
                encryption,
                settings.text("GAVEL_ISSUER", "https://gavel.dev"),
                Operators.parse(settings.text(Operators.SETTING, "")),
                ids);
    }
}
