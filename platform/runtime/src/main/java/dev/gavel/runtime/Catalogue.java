package dev.gavel.runtime;

import dev.gavel.events.AnyEvent;
import dev.gavel.events.Fact;
import dev.gavel.events.MarketEvent;
import dev.gavel.kernel.Tick;
import dev.gavel.kernel.UseCase;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.ResolvableType;

/// What a wiring offers, read from its classes alone, without making a bean: the use cases with their names,
/// routes and triggers. A bean of a later class replaces one of the same name of an earlier class.
public final class Catalogue {

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private @Nullable Declarations declared;

    private Catalogue() {}

    /// Reads wiring classes and what they import.
    ///
    /// @throws CannotStart when a declaration contradicts itself
    public static Catalogue of(Class<?>... wiring) {
        Catalogue catalogue = new Catalogue();
        Set<Class<?>> seen = new LinkedHashSet<>();
        for (Class<?> type : wiring) {
            catalogue.read(type, seen);
        }
        return catalogue;
    }

    /// The use cases of a wiring as [AheadOfTime] has written them down: reading annotations is a good part of a start.
    public interface Declarations {

        /// All use cases by the name of their bean.
        Set<String> names();

        /// One of them, or null when there is no such use case.
        @Nullable
        Entry entry(String name);

        /// The command of one of them, or null when it was not written down.
        @Nullable
        Form form(String name);

        /// What of the wiring is made beside a start.
        List<Ahead<?>> ahead();

        /// A type that has no literal: what a bean method says of its use case, which takes the first of them and
        /// answers the second.
        static Type generic(Class<?> wiring, String method, int which) {
            for (Method declared : wiring.getDeclaredMethods()) {
                if (declared.getName().equals(method)) {
                    return typesOf(declared).getGeneric(which).getType();
                }
            }
            throw new IllegalStateException(wiring + " has no " + method);
        }
    }

    /// The entries that a definition names, or nothing when one of them is not declared.
    static Optional<Catalogue> of(Declarations declared, String definition) {
        Catalogue catalogue = new Catalogue();
        for (String name : names(definition)) {
            Entry entry = declared.entry(name);
            if (entry == null) {
                return Optional.empty();
            }
            catalogue.entries.put(name, entry);
        }
        catalogue.declared = declared;
        return Optional.of(catalogue);
    }

    /// All use cases in the order of their names.
    public List<Entry> useCases() {
        return new TreeSet<>(entries.keySet()).stream().map(this::entry).toList();
    }

    /// The use case of a bean name, such as `placeBid`.
    public Optional<Entry> find(String bean) {
        return Optional.ofNullable(entries.get(bean));
    }

    /// How its command is made.
    ///
    /// @throws CannotStart when that is no record
    Form form(Entry entry) {
        Form known = declared == null ? null : declared.form(entry.bean());
        return known == null ? Form.of(entry.bean(), entry.command()) : known;
    }

    private Entry entry(String bean) {
        return find(bean).orElseThrow(() -> new CannotStart("There is no function " + bean + "."));
    }

    /// The entries a definition such as `placeBid` or `a,b` names; an empty definition means the only one
    /// there is.
    List<Entry> select(String definition) {
        Collection<String> names = names(definition);
        if (definition.isBlank()) {
            names = entries.keySet();
            if (names.size() != 1) {
                throw new CannotStart("SPRING_CLOUD_FUNCTION_DEFINITION must name one of: " + known() + ".");
            }
        }
        for (String name : names) {
            if (!entries.containsKey(name)) {
                throw new CannotStart("SPRING_CLOUD_FUNCTION_DEFINITION names \"" + name
                        + "\", which is none of the functions here: " + known() + ".");
            }
        }
        return names.stream().distinct().map(this::entry).toList();
    }

    private static List<String> names(String definition) {
        return List.of(definition.strip().split("\\s*[,;]\\s*"));
    }

    private String known() {
        return entries.isEmpty()
                ? "(none)"
                : new TreeSet<>(entries.keySet()).stream().collect(Collectors.joining(", "));
    }

    private void read(Class<?> wiring, Set<Class<?>> seen) {
        if (!seen.add(wiring)) {
            return;
        }
        Import imports = wiring.getAnnotation(Import.class);
        if (imports != null) {
            for (Class<?> imported : imports.value()) {
                read(imported, seen);
            }
        }
        for (Method method : wiring.getDeclaredMethods()) {
            read(wiring, method);
        }
    }

    private void read(Class<?> wiring, Method method) {
        Bean bean = method.getAnnotation(Bean.class);
        if (bean != null) {
            String name = bean.value().length > 0 ? bean.value()[0] : method.getName();
            Entry entry = Entry.of(name, wiring, method);
            if (entry != null) {
                entries.put(name, entry);
            }
        }
    }

    private static ResolvableType typesOf(Method method) {
        return ResolvableType.forMethodReturnType(method).as(UseCase.class);
    }

    /// One use case as its wiring declares it.
    ///
    /// @param bean the bean name, which is also what `SPRING_CLOUD_FUNCTION_DEFINITION` says: `placeBid`
    /// @param service the kebab name of its Knative Service: `place-bid`
    /// @param useCase the declared type of the bean, usually the class itself
    /// @param command the type of its command
    /// @param answer the type of its answer
    /// @param http its resource, when it has one
    /// @param events the facts that trigger it
    /// @param tick whether a schedule triggers it
    /// @param anyEvent whether every event triggers it that nobody else takes
    public record Entry(
            String bean,
            String service,
            Class<?> wiring,
            Class<?> useCase,
            Type command,
            Type answer,
            Optional<Resource> http,
            List<Class<? extends MarketEvent>> events,
            boolean tick,
            boolean anyEvent) {

        static @Nullable Entry of(String name, Class<?> wiring, Method method) {
            HttpRoute route = method.getAnnotation(HttpRoute.class);
            OnEvent events = method.getAnnotation(OnEvent.class);
            boolean tick = method.isAnnotationPresent(OnTick.class);
            boolean anyEvent = method.isAnnotationPresent(OnAnyEvent.class);
            if (!UseCase.class.isAssignableFrom(method.getReturnType())) {
                if (route != null || events != null || tick || anyEvent) {
                    throw new CannotStart(wiring.getSimpleName() + "." + method.getName()
                            + " declares a trigger, so its return type must be a UseCase.");
                }
                return null;
            }
            ResolvableType useCase = typesOf(method);
            Class<?> command = useCase.getGeneric(0).resolve();
            Class<?> answer = useCase.getGeneric(1).resolve();
            if (command == null || answer == null) {
                throw new CannotStart(wiring.getSimpleName() + "." + method.getName()
                        + " must declare the types of its command and its answer.");
            }
            if (events != null && command != Fact.class) {
                throw new CannotStart(name + " is triggered by events, so its command must be a Fact.");
            }
            if (tick && command != Tick.class) {
                throw new CannotStart(name + " is triggered by a schedule, so its command must be a Tick.");
            }
            if (anyEvent && command != AnyEvent.class) {
                throw new CannotStart(name + " is triggered by any event, so its command must be an AnyEvent.");
            }
            return new Entry(
                    name,
                    Names.kebab(name),
                    wiring,
                    method.getReturnType(),
                    useCase.getGeneric(0).getType(),
                    useCase.getGeneric(1).getType(),
                    Optional.ofNullable(route).map(declared -> Resource.of(name, declared)),
                    events == null ? List.of() : List.of(events.value()),
                    tick,
                    anyEvent);
        }
    }

    /// The HTTP side of a use case: `POST`, `/v1/auctions/{auctionId}/bids`, and the rest of its [HttpRoute].
    public record Resource(
            String method,
            String path,
            HttpRoute.Access access,
            HttpRoute.Repeats repeats,
            int success,
            int cacheSeconds) {

        private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

        static Resource of(String name, HttpRoute route) {
            String[] words = route.value().split(" ");
            if (words.length != 2 || !METHODS.contains(words[0]) || !words[1].matches("(/([a-z0-9._-]+|\\{\\w+}))+")) {
                throw new CannotStart("The route of " + name
                        + " must look like \"POST /v1/things/{thingId}\", but is \"" + route.value() + "\".");
            }
            return new Resource(
                    words[0], words[1], route.access(), route.repeats(), route.success(), route.cacheSeconds());
        }
    }
}
