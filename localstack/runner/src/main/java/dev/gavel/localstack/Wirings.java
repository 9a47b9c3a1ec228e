package dev.gavel.localstack;

import dev.gavel.accounts.AccountFunctions;
import dev.gavel.auctions.AuctionFunctions;
import dev.gavel.catalog.CatalogFunctions;
import dev.gavel.notifications.NotificationFunctions;
import dev.gavel.operations.OperationsFunctions;
import dev.gavel.orders.OrderFunctions;
import dev.gavel.payments.PaymentFunctions;
import dev.gavel.shipping.ShippingFunctions;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;

/// Which context's wiring declares which function.
final class Wirings {

    private static final List<Class<?>> CONTEXTS = List.of(
            AccountFunctions.class,
            AuctionFunctions.class,
            CatalogFunctions.class,
            NotificationFunctions.class,
            OperationsFunctions.class,
            OrderFunctions.class,
            PaymentFunctions.class,
            ShippingFunctions.class);

    private static final Map<String, Class<?>> BY_FUNCTION = byFunction();

    private Wirings() {}

    /// The wiring class that declares a function bean.
    ///
    /// @throws StartFailure when none does
    static Class<?> of(FunctionPlan plan) {
        Class<?> wiring = BY_FUNCTION.get(plan.definition());
        if (wiring == null) {
            throw new StartFailure("The Service %s selects '%s', but there is no such function: correct its manifest."
                    .formatted(plan.service(), plan.definition()));
        }
        return wiring;
    }

    private static Map<String, Class<?>> byFunction() {
        Map<String, Class<?>> functions = new HashMap<>();
        for (Class<?> context : CONTEXTS) {
            for (Method method : context.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Bean.class)) {
                    functions.put(method.getName(), context);
                }
            }
        }
        return Map.copyOf(functions);
    }
}
