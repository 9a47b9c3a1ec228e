package dev.gavel.localstack;

import dev.gavel.accounts.AccountFunctions;
import dev.gavel.auctions.AuctionFunctions;
import dev.gavel.catalog.CatalogFunctions;
import dev.gavel.media.MediaFunctions;
import dev.gavel.notifications.NotificationFunctions;
import dev.gavel.operations.OperationsFunctions;
import dev.gavel.orders.OrderFunctions;
import dev.gavel.payments.PaymentFunctions;
import dev.gavel.runtime.Catalogue;
import dev.gavel.shipping.ShippingFunctions;

/// Which context's wiring declares which function.
final class Wirings {

    private static final Catalogue FUNCTIONS = Catalogue.of(
            AccountFunctions.class,
            AuctionFunctions.class,
            CatalogFunctions.class,
            MediaFunctions.class,
            NotificationFunctions.class,
            OperationsFunctions.class,
            OrderFunctions.class,
            PaymentFunctions.class,
            ShippingFunctions.class);

    private Wirings() {}

    /// The wiring class that declares a function bean.
    ///
    /// @throws StartFailure when none does
    static Class<?> of(FunctionPlan plan) {
        return FUNCTIONS
                .find(plan.definition())
                .map(Catalogue.Entry::wiring)
                .orElseThrow(() -> new StartFailure(
                        "The Service %s selects '%s', but there is no such function: correct its manifest."
                                .formatted(plan.service(), plan.definition())));
    }
}
