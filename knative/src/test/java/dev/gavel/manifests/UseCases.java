package dev.gavel.manifests;

import dev.gavel.accounts.AccountFunctions;
import dev.gavel.auctions.AuctionFunctions;
import dev.gavel.catalog.CatalogFunctions;
import dev.gavel.events.EventCatalog;
import dev.gavel.media.MediaFunctions;
import dev.gavel.notifications.NotificationFunctions;
import dev.gavel.operations.OperationsFunctions;
import dev.gavel.orders.OrderFunctions;
import dev.gavel.payments.PaymentFunctions;
import dev.gavel.runtime.Catalogue;
import dev.gavel.runtime.HttpRoute;
import dev.gavel.shipping.ShippingFunctions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The use cases of every context, read from its wiring.
final class UseCases {

    private static final Map<String, Class<?>> CONTEXTS = new TreeMap<>(Map.of(
            "accounts",
            AccountFunctions.class,
            "auctions",
            AuctionFunctions.class,
            "catalog",
            CatalogFunctions.class,
            "media",
            MediaFunctions.class,
            "notifications",
            NotificationFunctions.class,
            "operations",
            OperationsFunctions.class,
            "orders",
            OrderFunctions.class,
            "payments",
            PaymentFunctions.class,
            "shipping",
            ShippingFunctions.class));

    /// A context has a Broker of its name for its facts. This one has no facts of its own.
    private static final Map<String, String> BROKERS = Map.of("operations", BrokerChecks.DEAD_LETTERS);

    private UseCases() {}

    static List<Declared> all() {
        return CONTEXTS.entrySet().stream()
                .flatMap(context -> Catalogue.of(context.getValue()).useCases().stream()
                        .map(useCase -> declared(context.getKey(), useCase)))
                .toList();
    }

    private static Declared declared(String context, Catalogue.Entry useCase) {
        return new Declared(
                useCase.service(),
                useCase.bean(),
                context,
                BROKERS.getOrDefault(context, context),
                useCase.http().map(route -> route.method() + " " + route.path()),
                useCase.http()
                        .filter(route -> route.access() != HttpRoute.Access.ANYONE)
                        .isPresent(),
                useCase.events().stream().map(EventCatalog::type).collect(Collectors.toSet()),
                useCase.tick(),
                useCase.anyEvent());
    }
}
