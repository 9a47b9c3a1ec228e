package dev.gavel.payments;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import dev.gavel.payments.Reconciliation.Report;
import org.jspecify.annotations.Nullable;

/// Shows operators whether the ledger agrees with the gateway's books.
public final class GetReconciliation implements UseCase<GetReconciliation.Query, GetReconciliation.Reports> {

    public record Query() {}

    /// @param last the report of the last whole round; absent before the first has ended
    /// @param running that of the round that is going on
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Reports(@Nullable Report last, @Nullable Report running) {}

    private final Reconciliations reconciliations;

    GetReconciliation(Reconciliations reconciliations) {
        this.reconciliations = reconciliations;
    }

    @Override
    public Outcome<Reports> apply(Call<Query> call) {
        Reconciliation current = reconciliations.current();
        return Outcome.accepted(new Reports(current.last(), current.running()));
    }
}
