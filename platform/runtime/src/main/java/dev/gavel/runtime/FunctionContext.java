package dev.gavel.runtime;

import dev.gavel.kernel.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.support.SimpleAutowireCandidateResolver;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.annotation.AnnotationConfigUtils;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.NestedExceptionUtils;

/// The beans of the selected functions in a lean context, and Spring Cloud Function's catalog over them.
final class FunctionContext implements AutoCloseable {

    private final GenericApplicationContext context;
    private final FunctionCatalog catalog;

    private FunctionContext(GenericApplicationContext context, FunctionCatalog catalog) {
        this.context = context;
        this.catalog = catalog;
    }

    static FunctionContext open(
            @Nullable Generated code,
            Settings settings,
            Measures measures,
            JwksKeys keys,
            List<Catalogue.Entry> selected,
            Map<String, ?> instances,
            Map<String, Supplier<?>> ahead,
            Class<?>... wiring) {
        Set<String> names = selected.stream().map(Catalogue.Entry::bean).collect(Collectors.toSet());
        GenericApplicationContext context = new LeanContext();
        try {
            if (code == null) {
                read(context, settings, measures, keys, wiring);
            } else {
                register(context, settings, measures, keys);
                code.beans().initialize(context);
                // Nothing is wired by an annotation of a parameter, so none is looked for.
                context.getDefaultListableBeanFactory()
                        .setAutowireCandidateResolver(SimpleAutowireCandidateResolver.INSTANCE);
            }
            context.addBeanFactoryPostProcessor(new OnlySelected(
                    names, code == null ? Set.of() : code.catalogue().names(), instances, ahead));
            context.refresh();
            return new FunctionContext(context, catalog(context, selected));
        } catch (BeansException | IllegalStateException e) {
            context.close();
            throw explained(e);
        }
    }

    /// Lets a context read the annotations of wiring classes.
    static void read(
            GenericApplicationContext context,
            Settings settings,
            Measures measures,
            JwksKeys keys,
            Class<?>... wiring) {
        AnnotatedBeanDefinitionReader reader = new AnnotatedBeanDefinitionReader(context);
        // Nobody here listens to application events.
        context.removeBeanDefinition(AnnotationConfigUtils.EVENT_LISTENER_PROCESSOR_BEAN_NAME);
        context.removeBeanDefinition(AnnotationConfigUtils.EVENT_LISTENER_FACTORY_BEAN_NAME);
        register(context, settings, measures, keys);
        reader.register(RuntimePlatform.class);
        reader.register(wiring);
    }

    private static void register(
            GenericApplicationContext context, Settings settings, Measures measures, JwksKeys keys) {
        context.getBeanFactory().registerSingleton("settings", settings);
        context.getBeanFactory().registerSingleton("jwksKeys", keys);
        context.getBeanFactory().registerSingleton("measures", measures);
    }

    /// The function of a bean, as the catalog invokes it.
    Function<Object, Outcome<?>> function(String bean) {
        return Objects.requireNonNull(catalog.lookup(bean), bean);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /// Makes the bean when it is first asked for.
    <T> Supplier<T> later(Class<T> type) {
        return later(type, _ -> {});
    }

    /// The same, and shows the new bean to somebody once.
    <T> Supplier<T> later(Class<T> type, Consumer<T> witness) {
        return new Supplier<>() {

            private volatile @Nullable T bean;

            @Override
            public T get() {
                T known = bean;
                return known != null ? known : made();
            }

            private synchronized T made() {
                T known = bean;
                if (known == null) {
                    known = context.getBean(type);
                    witness.accept(known);
                    bean = known;
                }
                return known;
            }
        };
    }

    /// Whether there is such a bean; makes none.
    boolean has(Class<?> type) {
        return context.getBeanNamesForType(type, true, false).length > 0;
    }

    /// Makes every bean there is.
    void warm() {
        for (String name : context.getBeanDefinitionNames()) {
            if (context.getBeanFactory().isSingleton(name)) {
                context.getBean(name);
            }
        }
    }

    @Override
    public void close() {
        context.close();
    }

    private static FunctionCatalog catalog(GenericApplicationContext context, List<Catalogue.Entry> selected) {
        Map<String, Object> functions = new LinkedHashMap<>();
        for (Catalogue.Entry entry : selected) {
            functions.put(entry.bean(), context.getBean(entry.bean()));
        }
        return new Functions(functions);
    }

    private static CannotStart explained(RuntimeException problem) {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(problem);
        return root instanceof CannotStart known
                ? known
                : new CannotStart("The functions cannot be wired: " + root.getMessage(), problem);
    }

    /// A catalog of functions as they are, for the edge hands over decoded calls and takes outcomes. Spring Cloud
    /// Function's own converts and composes, and needs Reactor and a mapper of JSON for it.
    private record Functions(Map<String, Object> byName) implements FunctionCatalog {

        // Null when there is none, as everywhere.
        @Override
        @SuppressWarnings({"unchecked", "NullAway"})
        public <T> T lookup(@Nullable Class<?> type, String name, String... acceptedTypes) {
            return (T) byName.get(name);
        }

        @Override
        public Set<String> getNames(@Nullable Class<?> type) {
            return byName.keySet();
        }
    }
}
