package dev.gavel.live;

import dev.gavel.events.Json;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// When a token expires, as it says itself. Only for tokens that have been verified: nothing is checked here.
final class TokenExpiry {

    private TokenExpiry() {}

    /// Empty when it is no JWT that expires.
    static Optional<Instant> of(String verified) {
        String[] parts = verified.split("\\.", 4);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            JsonNode claims = Json.MAPPER.readTree(Base64.getUrlDecoder().decode(parts[1]));
            JsonNode expires = claims.path("exp");
            return expires.isIntegralNumber() ? Optional.of(Instant.ofEpochSecond(expires.asLong())) : Optional.empty();
        } catch (IllegalArgumentException | JacksonException e) {
            return Optional.empty();
        }
    }
}
