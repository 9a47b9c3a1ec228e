package dev.gavel.events;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every CloudEvent type there is, derived from the sealed hierarchy of {@link MarketEvent}.
public final class EventCatalog {

    /// The record class of each CloudEvent type, in the order of declaration.
    public static final Map<String, Class<? extends MarketEvent>> TYPES = types();

    private EventCatalog() {}

    /// The CloudEvent type of a fact's record class.
    public static String type(Class<?> event) {
        return annotation(event).value();
    }

    /// The address of the JSON Schema of a fact's data, as the `dataschema` attribute carries it.
    public static String schema(Class<?> event) {
        CloudEventType type = annotation(event);
        String name = type.value().replaceFirst("^dev\\.gavel\\.", "").replaceFirst("\\.v\\d+$", "");
        return "https://gavel.dev/schemas/" + name + "/" + type.schema();
    }

    public static Optional<Class<? extends MarketEvent>> event(String type) {
        return Optional.ofNullable(TYPES.get(type));
    }

    private static CloudEventType annotation(Class<?> event) {
        CloudEventType type = event.getAnnotation(CloudEventType.class);
        if (type == null) {
            throw new IllegalStateException(event.getName() + " needs @CloudEventType");
        }
        return type;
    }

    private static Map<String, Class<? extends MarketEvent>> types() {
        Map<String, Class<? extends MarketEvent>> types = new LinkedHashMap<>();
        for (Class<? extends MarketEvent> event : leaves(MarketEvent.class)) {
            if (types.put(type(event), event) != null) {
                throw new IllegalStateException("two events claim the type " + type(event));
            }
        }
        return Collections.unmodifiableMap(types);
    }

    private static List<Class<? extends MarketEvent>> leaves(Class<?> sealed) {
        List<Class<? extends MarketEvent>> leaves = new ArrayList<>();
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (permitted.isSealed()) {
                leaves.addAll(leaves(permitted));
            } else {
                leaves.add(permitted.asSubclass(MarketEvent.class));
            }
        }
        return leaves;
    }
}
