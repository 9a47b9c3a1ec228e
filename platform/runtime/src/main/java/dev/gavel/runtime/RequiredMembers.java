package dev.gavel.runtime;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds what a decoded record lacks: Jackson leaves null where JSON had nothing, and a record wants a value
/// in every component that is not `@Nullable`. Types that check themselves in a creator of their own are
/// trusted.
final class RequiredMembers {

    private record Component(String name, Method accessor, boolean optional) {}

    private static final ClassValue<List<Component>> COMPONENTS = new ClassValue<>() {
        @Override
        protected List<Component> computeValue(Class<?> type) {
            return type.isRecord() && !checksItself(type) ? components(type) : List.of();
        }
    };

    private RequiredMembers() {}

    static boolean optional(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /// The paths of all required members that are null, below `path`.
    static List<String> missing(String path, @Nullable Object value) {
        List<String> missing = new ArrayList<>(0);
        collect(path, value, missing);
        return missing;
    }

    private static void collect(String path, @Nullable Object value, List<String> missing) {
        if (value instanceof Record) {
            for (Component component : COMPONENTS.get(value.getClass())) {
                Object member = read(component, value);
                String name = path.isEmpty() ? component.name() : path + "." + component.name();
                if (member == null && !component.optional()) {
                    missing.add(name);
                } else {
                    collect(name, member, missing);
                }
            }
        } else if (value instanceof Collection<?> elements) {
            int i = 0;
            for (Object element : elements) {
                element(path + "[" + i++ + "]", element, missing);
            }
        } else if (value instanceof Map<?, ?> entries) {
            entries.forEach((key, element) -> element(path + "." + key, element, missing));
        }
    }

    private static void element(String path, @Nullable Object element, List<String> missing) {
        if (element == null) {
            missing.add(path);
        } else {
            collect(path, element, missing);
        }
    }

    private static @Nullable Object read(Component component, Object owner) {
        try {
            return component.accessor().invoke(owner);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(component.name() + " cannot be read", e);
        }
    }

    private static List<Component> components(Class<?> type) {
        List<Component> components = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (!component.getType().isPrimitive()) {
                Method accessor = component.getAccessor();
                accessor.setAccessible(true);
                components.add(new Component(component.getName(), accessor, optional(component)));
            }
        }
        return List.copyOf(components);
    }

    private static boolean checksItself(Class<?> type) {
        return Stream.<Executable>concat(Stream.of(type.getDeclaredMethods()), Stream.of(constructors(type)))
                .anyMatch(member ->
                        member.isAnnotationPresent(JsonCreator.class) || member.isAnnotationPresent(JsonValue.class));
    }

    private static Constructor<?>[] constructors(Class<?> type) {
        return type.getDeclaredConstructors();
    }
}
