package dev.gavel.bench.quarkus;

import dev.gavel.auctions.PlaceBid;
import dev.gavel.bench.wiring.Desk;
import io.quarkus.funqy.Funq;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// Takes bids over HTTP as a Funqy function.
public class PlaceBidFunction {

    private final Desk desk;
    private final CurrentVertxRequest request;

    @Inject
    public PlaceBidFunction(Desk desk, CurrentVertxRequest request) {
        this.desk = desk;
        this.request = request;
    }

    @Funq
    public PlaceBid.@Nullable Receipt placeBid(PlaceBid.Command command) {
        RoutingContext http = request.getCurrent();
        Desk.Answer answer = desk.place(
                http.request().getHeader("Authorization"), http.request().getHeader("Idempotency-Key"), command);
        // Funqy itself only knows 200 and 204.
        http.addHeadersEndHandler(_ -> http.response().setStatusCode(answer.status()));
        return answer.receipt();
    }
}
