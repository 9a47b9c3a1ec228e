package dev.gavel.accounts;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Unavailable;
import dev.gavel.kernel.UseCase;
import java.util.List;
import java.util.Map;

/// Publishes the public keys (a JWK Set) that access tokens are verified with: those that sign, will sign
/// soon, or have signed tokens that are still good. It never sees a private key in the clear. Until the
/// first sign-in or the first tick of `RotateSigningKeys` it is unavailable.
final class PublishJwks implements UseCase<PublishJwks.Command, PublishJwks.Receipt> {

    record Command() {}

    record Receipt(List<Map<String, Object>> keys) {}

    private final SigningKeys keys;

    PublishJwks(SigningKeys keys) {
        this.keys = keys;
    }

    @Override
    public Outcome<Receipt> apply(Call<Command> call) {
        List<SigningKey> published = keys.ring().published(call.receivedAt());
        if (published.isEmpty()) {
            // An empty set would be kept by caches, and the first users' tokens would be refused for a while.
            throw new Unavailable("there is no signing key yet: the first sign-in or rotate-signing-keys makes one");
        }
        return Outcome.accepted(new Receipt(published.stream()
                .map(key -> key.publicKey().toPublicJWK().toJSONObject())
                .toList()));
    }
}
