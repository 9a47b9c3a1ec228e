package dev.gavel.accounts;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.Tick;
import dev.gavel.kernel.UseCase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Makes the next signing key in good time and destroys those that nothing depends on any more. It answers
/// how many keys it made and destroyed. An hourly tick is plenty; when ticks stay away the last key simply
/// goes on signing.
final class RotateSigningKeys implements UseCase<Tick, Done> {

    private final SigningKeys keys;
    private final KeyEncryption encryption;

    RotateSigningKeys(SigningKeys keys, KeyEncryption encryption) {
        this.keys = keys;
        this.encryption = encryption;
    }

    @Override
    public Outcome<Done> apply(Call<Tick> call) {
        Instant now = call.receivedAt();
        KeyRing ring = keys.ring();
        int changes = 0;
        Optional<Instant> due = ring.nextSignsFrom(now);
        if (due.isPresent() && keys.add(SigningKey.create(ring.nextGeneration(), due.get(), encryption))) {
            changes++;
        }
        List<SigningKey> spent = ring.spent(now);
        spent.forEach(keys::remove);
        return Outcome.accepted(new Done(changes + spent.size()));
    }
}
