package dev.gavel.runtime;

import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A sample use case; what it does is put in by the test.
final class Offer implements UseCase<Offer.Command, Offer.Receipt> {

    enum Mode {
        FIRM,
        SOFT
    }

    record Note(String text, @Nullable String author) {}

    record Command(
            AuctionId auctionId,
            Money maximum,
            @Nullable Mode mode,
            @Nullable Integer copies,
            @Nullable List<Note> notes) {}

    record Receipt(
            AuctionId auctionId,
            Money maximum,
            String by,
            String requestId,
            @Nullable String note) {}

    static final class Deeds {
        final AtomicInteger calls = new AtomicInteger();
        volatile Function<Call<Command>, Outcome<Receipt>> next = Deeds::accept;

        static Outcome<Receipt> accept(Call<Command> call) {
            Command command = call.command();
            return Outcome.accepted(new Receipt(
                    command.auctionId(), command.maximum(), call.caller().toString(), call.requestId(), null));
        }
    }

    private final Deeds deeds;

    Offer(Deeds deeds) {
        this.deeds = deeds;
    }

    @Override
    public Outcome<Receipt> apply(Call<Command> call) {
        deeds.calls.incrementAndGet();
        return deeds.next.apply(call);
    }
}
