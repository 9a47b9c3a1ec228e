package dev.gavel.orders;

import java.time.Duration;

/// How long people have.
///
/// @param toPay the buyer, from the fall of the hammer
/// @param toShip the seller, from the payment
/// @param toConfirm the buyer, from the delivery, or the seller, from when the thing came back; silence
/// confirms
/// @param toArrive the parcel, from when it was sent; then it counts as delivered for as long as nobody
/// disputes
/// @param toDecide an operator, from the dispute; nothing happens by itself then
record Terms(Duration toPay, Duration toShip, Duration toConfirm, Duration toArrive, Duration toDecide) {

    static final Terms DEFAULT = new Terms(
            Duration.ofDays(1), Duration.ofDays(3), Duration.ofDays(3), Duration.ofDays(14), Duration.ofDays(5));
}
