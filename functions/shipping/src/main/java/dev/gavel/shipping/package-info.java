/// Parcels: what carriers know of what was sent to buyers, and of what they send back.
@NullMarked
package dev.gavel.shipping;

import org.jspecify.annotations.NullMarked;
