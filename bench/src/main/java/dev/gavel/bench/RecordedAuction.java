package dev.gavel.bench;

import dev.gavel.bench.BidHistory.Attempt.Reply;

/// An auction that many clients bid on at once while somebody writes down what each of them sees.
interface RecordedAuction {

    /// Bids as one of the clients and waits for the answer.
    Reply bid(int client, String bidder, long maximum);

    /// The least amount that is likely to be taken now, for a client to start from.
    long startingPoint();
}
