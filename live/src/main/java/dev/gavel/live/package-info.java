/// The one long-lived service: prices on every screen the moment a bid is committed.
@NullMarked
package dev.gavel.live;

import org.jspecify.annotations.NullMarked;
