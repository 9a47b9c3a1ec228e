package dev.gavel.bench.boot;

import dev.gavel.auctions.PlaceBid;
import dev.gavel.bench.wiring.Desk;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/// Takes bids over HTTP as a Spring MVC controller.
@RestController
class BidController {

    private final Desk desk;

    BidController(Desk desk) {
        this.desk = desk;
    }

    record Body(@Nullable Money maximum, @Nullable Money buyNow) {}

    @PostMapping("/v1/auctions/{auctionId}/bids")
    ResponseEntity<PlaceBid.@Nullable Receipt> place(
            @PathVariable("auctionId") String auctionId,
            @RequestHeader(name = "Authorization", required = false) @Nullable String authorization,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody Body body) {
        Desk.Answer answer = desk.place(
                authorization, key, new PlaceBid.Command(new AuctionId(auctionId), body.maximum(), body.buyNow()));
        return ResponseEntity.status(answer.status()).body(answer.receipt());
    }
}
