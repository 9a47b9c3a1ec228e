package dev.gavel.payments;

import dev.gavel.kernel.StaleWrite;

/// The in-memory twin of {@link DynamoReconciliations}.
final class InMemoryReconciliations implements Reconciliations {

    private Reconciliation current = Reconciliation.NEVER;

    @Override
    public synchronized Reconciliation current() {
        return current;
    }

    @Override
    public synchronized void save(Reconciliation next) {
        if (next.writes() != current.writes() + 1) {
            throw new StaleWrite("reconciliation");
        }
        current = next;
    }
}
