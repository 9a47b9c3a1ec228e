package dev.gavel.payments;

/// Where the reconciliation of the ledger is kept.
interface Reconciliations {

    /// The newest committed state; `NEVER` before the first.
    Reconciliation current();

    /// Writes the next state, only if nobody has written since the one it was decided on.
    ///
    /// @throws dev.gavel.kernel.StaleWrite when somebody has; nothing was written
    void save(Reconciliation next);
}
