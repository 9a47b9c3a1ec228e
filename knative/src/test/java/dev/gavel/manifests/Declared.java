package dev.gavel.manifests;

import java.util.Optional;
import java.util.Set;

/// What the code says about one use case, as far as manifests must agree with it.
///
/// @param service the name of its Knative Service: `place-bid`
/// @param bean what `SPRING_CLOUD_FUNCTION_DEFINITION` says: `placeBid`
/// @param context its image: `auctions`
/// @param broker where it publishes to: `auctions`
/// @param route method and path template: `POST /v1/auctions/{auctionId}/bids`
/// @param token whether its route is for callers with a token only
/// @param types the CloudEvent types that trigger it
/// @param tick whether a schedule triggers it
/// @param any whether every dead letter triggers it, of whatever type
record Declared(
        String service,
        String bean,
        String context,
        String broker,
        Optional<String> route,
        boolean token,
        Set<String> types,
        boolean tick,
        boolean any) {}
