/// A context that knows another one, which it must not.
@NullMarked
package dev.gavel.wrong.auctions;

import org.jspecify.annotations.NullMarked;
