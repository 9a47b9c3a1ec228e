/// Stands for what belongs to others: a payment gateway and a payout provider, with books of their own and bad days.
@NullMarked
package dev.gavel.simulators;

import org.jspecify.annotations.NullMarked;
