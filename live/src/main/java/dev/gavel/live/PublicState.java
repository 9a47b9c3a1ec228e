package dev.gavel.live;

import dev.gavel.events.AuctionDelta;
import dev.gavel.events.Json;
import dev.gavel.kernel.ProductId;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What the public sees of an auction: the answer of `get-auction` to somebody who is not signed in, kept new by the
/// deltas. Not thread-safe; its room guards it.
final class PublicState {

    private final ObjectNode view;
    private long sequence;

    private PublicState(ObjectNode view, long sequence) {
        this.view = view;
        this.sequence = sequence;
    }

    /// @throws IllegalArgumentException when it is not what `get-auction` answers
    static PublicState of(byte[] answer) {
        if (!(Json.MAPPER.readTree(answer) instanceof ObjectNode view)
                || !view.path("sequence").isIntegralNumber()) {
            throw new IllegalArgumentException("no view of an auction with its sequence");
        }
        long sequence = view.get("sequence").asLong();
        // The long text and what only one caller may see are not for every screen again and again.
        view.remove(List.of("description", "youLead", "yourMaximum", "version", "sequence"));
        return new PublicState(view, sequence);
    }

    long sequence() {
        return sequence;
    }

    ObjectNode view() {
        return view;
    }

    void apply(AuctionDelta delta) {
        sequence = delta.sequence();
        switch (delta) {
            case AuctionDelta.Scheduled it -> times("scheduled", it.startsAt(), it.endsAt());
            case AuctionDelta.Opened it -> times("open", it.startsAt(), it.endsAt());
            case AuctionDelta.Bids it -> {
                view.put("status", "open");
                view.set("price", Json.MAPPER.valueToTree(it.price()));
                if (it.minimumBid() != null) {
                    view.set("minimumBid", Json.MAPPER.valueToTree(it.minimumBid()));
                }
                view.put("leader", it.leader());
                view.put("bidCount", it.bidCount());
                view.put("reserveMet", it.reserveMet());
                view.put("endsAt", it.endsAt().toString());
                if (!view.path("hasReserve").asBoolean() || it.reserveMet()) {
                    view.remove("buyNow");
                }
            }
            case AuctionDelta.Extended it -> view.put("endsAt", it.endsAt().toString());
            case AuctionDelta.Closed it -> {
                ended("closed", it.closedAt());
                view.set("result", Json.MAPPER.valueToTree(it.result()));
                if (it.winner() != null) {
                    view.put("winner", it.winner());
                }
            }
            case AuctionDelta.Cancelled it -> ended("cancelled", it.cancelledAt());
        }
    }

    /// Notes that the product was described anew, when it is the one sold here and bids were placed on it before.
    boolean revised(ProductId product, Instant at) {
        boolean concerns = view.path("productId").asString("").equals(product.value())
                && view.path("status").asString("").equals("open")
                && view.path("bidCount").asLong() > 0;
        if (concerns) {
            view.put("productRevisedAt", at.toString());
        }
        return concerns;
    }

    private void times(String status, Instant startsAt, Instant endsAt) {
        view.put("status", status);
        view.put("startsAt", startsAt.toString());
        view.put("endsAt", endsAt.toString());
    }

    private void ended(String status, Instant at) {
        view.put("status", status);
        view.put("endedAt", at.toString());
        view.remove(List.of("minimumBid", "buyNow"));
    }
}
