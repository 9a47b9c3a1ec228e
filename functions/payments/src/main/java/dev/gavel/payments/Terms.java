package dev.gavel.payments;

import dev.gavel.kernel.Money;
import dev.gavel.kernel.UserId;
import java.time.Instant;

/// Who pays how much to whom, and until when.
record Terms(UserId buyerId, UserId sellerId, Money amount, Instant payBy) {}
