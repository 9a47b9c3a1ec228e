package dev.gavel.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One way to run `place-bid`: what starts it, and how a bid is put to it.
///
/// @param path where bids are posted; `{auction}` stands for the auction
/// @param auctionInBody whether the auction is named in the body, as where paths have no variables
record ColdHost(
        String name, List<String> command, Map<String, String> environment, String path, boolean auctionInBody) {

    private static final String RESOURCE = "/v1/auctions/{auction}/bids";
    /// What `open-auction` was told and a first bid comes to.
    static final long PRICE = 2_000_000;

    ColdHost {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    static ColdHost resource(String name, List<String> command, Map<String, String> environment) {
        return new ColdHost(name, command, environment, RESOURCE, false);
    }

    static ColdHost function(String name, List<String> command) {
        return new ColdHost(name, command, Map.of(), "/placeBid", true);
    }

    /// The same with more words after the first of its command, and more of an environment.
    ColdHost with(List<String> words, Map<String, String> more) {
        List<String> longer = new ArrayList<>(command);
        longer.addAll(1, words);
        Map<String, String> larger = new HashMap<>(environment);
        larger.putAll(more);
        return new ColdHost(name, longer, larger, path, auctionInBody);
    }

    /// The whole request for a first bid on an auction.
    String request(String auction, String token) {
        String maximum = "\"maximum\":{\"amount\":\"" + (PRICE + 500_000) + "\",\"currency\":\"KRW\"}}";
        String body = (auctionInBody ? "{\"auctionId\":\"" + auction + "\"," : "{") + maximum;
        return "POST " + path.replace("{auction}", auction) + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                + token + "\r\nIdempotency-Key: key-" + auction
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }
}
