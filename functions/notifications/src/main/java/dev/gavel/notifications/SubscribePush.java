package dev.gavel.notifications;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Done;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import java.net.URI;

/// Lets a browser of the caller get pushes, as the browser's Push API describes itself; the same one again
/// replaces its keys, and the oldest of more than 10 is forgotten. Refusals: {@link NotificationRejected}
/// `Invalid`.
public final class SubscribePush implements UseCase<SubscribePush.Command, Done> {

    record Command(URI endpoint, PushSubscription.Keys keys) {}

    private final Readers readers;
    private final PushHosts hosts;

    SubscribePush(Readers readers, PushHosts hosts) {
        this.readers = readers;
        this.hosts = hosts;
    }

    @Override
    public Outcome<Done> apply(Call<Command> call) {
        Command command = call.command();
        if (!hosts.allow(command.endpoint())) {
            return Outcome.rejected(
                    new NotificationRejected.Invalid("endpoint", "send the endpoint of a browser's push service"));
        }
        PushSubscription subscription;
        try {
            subscription = new PushSubscription(command.endpoint(), command.keys());
            var _ = PushKey.open(subscription.publicKey());
        } catch (IllegalArgumentException wrong) {
            return Outcome.rejected(new NotificationRejected.Invalid("keys", String.valueOf(wrong.getMessage())));
        }
        Reader _ = readers.change(
                call.user(),
                reader -> reader.subscriptions().contains(subscription) ? reader : reader.subscribed(subscription));
        return Outcome.accepted(Done.ONCE);
    }
}
