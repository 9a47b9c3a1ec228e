package dev.gavel.runtime;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The components of a command and how it is made of them. [AheadOfTime] writes it down for each, as what Java has to
/// look up and make for it at run time would be waited for by a first request.
///
/// @param command a record
/// @param make takes a value for each component, in order
public record Form(Class<?> command, List<Part> parts, Function<@Nullable Object[], Object> make) {

    /// @param optional whether it may be null
    /// @param type without its type arguments
    /// @param id makes a value of its text, when the type is a record of one text; such a record checks itself
    public record Part(
            String name,
            boolean optional,
            Class<?> type,
            @Nullable Function<String, Object> id) {}

    /// Looks up what nobody wrote down.
    ///
    /// @throws CannotStart when the command is no record
    static Form of(String useCase, Type type) {
        if (!(type instanceof Class<?> command) || !command.isRecord()) {
            throw new CannotStart("The command of " + useCase + " must be a record.");
        }
        RecordComponent[] components = command.getRecordComponents();
        List<Part> parts = new ArrayList<>();
        for (RecordComponent component : components) {
            Class<?> raw = component.getType();
            parts.add(new Part(component.getName(), RequiredMembers.optional(component), raw, id(raw)));
        }
        Constructor<?> canonical = constructor(
                command, Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        return new Form(command, List.copyOf(parts), values -> CommandReader.make(canonical, values));
    }

    /// Makes an id of its text; null when the type is none.
    static @Nullable Function<String, Object> id(Class<?> type) {
        if (!isId(type)) {
            return null;
        }
        Constructor<?> canonical = constructor(type, String.class);
        return text -> CommandReader.make(canonical, text);
    }

    static boolean isId(Class<?> type) {
        return type.isRecord()
                && type.getRecordComponents().length == 1
                && type.getRecordComponents()[0].getType() == String.class;
    }

    private static Constructor<?> constructor(Class<?> type, Class<?>... parameters) {
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(parameters);
            canonical.setAccessible(true);
            return canonical;
        } catch (NoSuchMethodException e) {
            throw new CannotStart(type.getName() + " cannot be made.", e);
        }
    }
}
