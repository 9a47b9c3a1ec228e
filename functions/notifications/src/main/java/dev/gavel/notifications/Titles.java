package dev.gavel.notifications;

import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.OrderId;
import java.util.Optional;

/// What auctions are called, and which auction an order comes from: remembered from facts, because most facts
/// do not say it again.
interface Titles {

    void remember(AuctionId auction, String title);

    void remember(OrderId order, AuctionId auction);

    /// The title of the auction with this id, or of the one the order with this id comes from; empty while the
    /// facts that say it have not arrived.
    Optional<String> of(String about);
}
