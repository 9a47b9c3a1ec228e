/// Stands for what belongs to others: a payment gateway, a payout provider, a mailbox, a provider of text messages and
/// a
/// push service, with bad days.
@NullMarked
package dev.gavel.simulators;

import org.jspecify.annotations.NullMarked;
