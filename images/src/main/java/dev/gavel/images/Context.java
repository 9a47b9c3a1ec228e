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
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// The context of an image: what it can be asked to do.
///
/// @param others functions of the context that its process is not asked for, since it is to be another one's
record Context(String name, List<Catalogue.Entry> functions, List<Catalogue.Entry> others) {

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

    /// @param name such as `auctions`, or `auctions/place-bid` for one of its functions alone
    /// @throws IllegalArgumentException when there is no such image or function
    static Context of(String name) {
        if (OTHERS.contains(name)) {
            return new Context(name, List.of(), List.of());
        }
        String[] parts = name.split("/", 2);
        if (parts.length == 2) {
            Context whole = of(parts[0]);
            List<Catalogue.Entry> others = whole.together();
            List<Catalogue.Entry> alone = others.stream()
                    .filter(function -> function.service().equals(parts[1]))
                    .toList();
            if (alone.isEmpty()) {
                throw new IllegalArgumentException("There is no function " + parts[1] + " in " + parts[0] + ".");
            }
            others.removeAll(alone);
            return new Context(whole.name(), alone, others);
        }
        Class<?> wiring = WIRINGS.get(name);
        if (wiring == null) {
            throw new IllegalArgumentException("There is no image " + name + ".");
        }
        return new Context(name, Catalogue.of(wiring).useCases(), List.of());
    }

    Class<?> wiring() {
        return Objects.requireNonNull(WIRINGS.get(name), name);
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
