package dev.gavel.images;

import dev.gavel.accounts.AccountFunctions;
import dev.gavel.auctions.AuctionFunctions;
import dev.gavel.catalog.CatalogFunctions;
import dev.gavel.events.MarketEvent;
import dev.gavel.media.MediaFunctions;
import dev.gavel.notifications.NotificationFunctions;
import dev.gavel.operations.OperationsFunctions;
import dev.gavel.orders.OrderFunctions;
import dev.gavel.payments.PaymentFunctions;
import dev.gavel.runtime.Catalogue;
import dev.gavel.shipping.ShippingFunctions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The context of an image: what it can be asked to do.
record Context(String name, List<Catalogue.Entry> functions) {

    private static final Map<String, Class<?>> WIRINGS = Map.of(
            "accounts", AccountFunctions.class,
            "auctions", AuctionFunctions.class,
            "catalog", CatalogFunctions.class,
            "media", MediaFunctions.class,
            "notifications", NotificationFunctions.class,
            "operations", OperationsFunctions.class,
            "orders", OrderFunctions.class,
            "payments", PaymentFunctions.class,
            "shipping", ShippingFunctions.class);

    /// Images without functions.
    private static final Set<String> OTHERS = Set.of("live", "relay");

    /// @throws IllegalArgumentException when there is no such image
    static Context of(String name) {
        if (OTHERS.contains(name)) {
            return new Context(name, List.of());
        }
        Class<?> wiring = WIRINGS.get(name);
        if (wiring == null) {
            throw new IllegalArgumentException("There is no image " + name + ".");
        }
        return new Context(name, Catalogue.of(wiring).useCases());
    }

    static Collection<Class<?>> wirings() {
        return WIRINGS.values();
    }

    /// As many of the functions as one process can have: no two take the same event, or the tick.
    List<Catalogue.Entry> together() {
        Set<Class<? extends MarketEvent>> taken = new HashSet<>();
        List<Catalogue.Entry> together = new ArrayList<>();
        boolean tick = false;
        for (Catalogue.Entry function : functions) {
            if (function.tick() && tick || function.events().stream().anyMatch(taken::contains)) {
                continue;
            }
            tick |= function.tick();
            taken.addAll(function.events());
            together.add(function);
        }
        return together;
    }

    /// What selects them.
    static String definition(List<Catalogue.Entry> functions) {
        return functions.stream().map(Catalogue.Entry::bean).collect(Collectors.joining(","));
    }
}
