package dev.gavel.notifications;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;

/// Shows the public key a browser subscribes with.
public final class GetPushKey implements UseCase<GetPushKey.Query, GetPushKey.Key> {

    public record Query() {}

    /// @param publicKey an uncompressed point of P-256 in base64url
    public record Key(String publicKey) {}

    private final Key key;

    GetPushKey(PushKey pair) {
        this.key = new Key(pair.text());
    }

    @Override
    public Outcome<Key> apply(Call<Query> call) {
        return Outcome.accepted(key);
    }
}
