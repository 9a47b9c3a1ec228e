package dev.gavel.runtime;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/// What [AheadOfTime] made of a wiring, beside it.
///
/// @param beans registers what Spring made of it
/// @param catalogue knows its use cases
record Generated(ApplicationContextInitializer<GenericApplicationContext> beans, Catalogue.Declarations catalogue) {

    static final String CATALOGUE = "__Catalogue";

    /// Null when nothing was made of this wiring, or something else is wired beside it.
    static @Nullable Generated of(Class<?>... wiring) {
        Object beans = wiring.length == 1 ? made(wiring[0], "__ApplicationContextInitializer") : null;
        Object catalogue = wiring.length == 1 ? made(wiring[0], CATALOGUE) : null;
        if (beans == null || catalogue == null) {
            return null;
        }
        @SuppressWarnings("unchecked")
        var initializer = (ApplicationContextInitializer<GenericApplicationContext>) beans;
        return new Generated(initializer, (Catalogue.Declarations) catalogue);
    }

    /// Knows the functions that a definition such as `placeBid` names; when it names something else, all there are.
    Catalogue catalogue(String definition, Class<?>... wiring) {
        return Catalogue.of(catalogue, definition).orElseGet(() -> Catalogue.of(wiring));
    }

    private static @Nullable Object made(Class<?> wiring, String ending) {
        try {
            return Class.forName(wiring.getName() + ending, true, wiring.getClassLoader())
                    .getConstructor()
                    .newInstance();
        } catch (ClassNotFoundException e) {
            return null;
        } catch (ReflectiveOperationException e) {
            throw new CannotStart("The wiring " + wiring.getSimpleName() + " was not generated as it must be.", e);
        }
    }
}
