/// What becomes of something sold: who pays until when, the parcel, and who gets the money.
@NullMarked
package dev.gavel.orders;

import org.jspecify.annotations.NullMarked;
