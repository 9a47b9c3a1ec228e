/// Escrow: the buyer's money is held until the order is decided, then divided, all of it kept in a ledger.
@NullMarked
package dev.gavel.payments;

import org.jspecify.annotations.NullMarked;
