package dev.gavel.runtime;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A sample query.
final class Look implements UseCase<Look.Command, Look.Page> {

    static final AtomicInteger MADE = new AtomicInteger();

    record Command(
            String shelf, @Nullable Integer limit, @Nullable List<String> tag) {}

    record Page(String shelf, int limit, List<String> tags) {}

    Look() {
        MADE.incrementAndGet();
    }

    @Override
    public Outcome<Page> apply(Call<Command> call) {
        Command command = call.command();
        return Outcome.accepted(new Page(
                command.shelf(),
                command.limit() == null ? 10 : command.limit(),
                command.tag() == null ? List.of() : command.tag()));
    }
}
