package dev.gavel.runtime;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/// Takes every function but the selected ones out of the context before a bean is made, and makes all the
/// rest lazy, so that nothing is built that the selected functions do not ask for.
final class OnlySelected implements BeanFactoryPostProcessor {

    private final Set<String> selected;
    private final Set<String> known;
    private final Map<String, ?> instances;
    private final Map<String, Supplier<?>> ahead;

    /// @param known all functions by their names, as far as they are known: to ask for the type of each bean takes
    /// longer
    /// @param ahead beans that are being made already, to be waited for
    OnlySelected(Set<String> selected, Set<String> known, Map<String, ?> instances, Map<String, Supplier<?>> ahead) {
        this.selected = selected;
        this.known = known;
        this.instances = instances;
        this.ahead = ahead;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {
        DefaultListableBeanFactory beans = (DefaultListableBeanFactory) factory;
        for (String name : beans.getBeanDefinitionNames()) {
            BeanDefinition definition = beans.getBeanDefinition(name);
            if (instances.containsKey(name) || !selected.contains(name) && function(beans, name)) {
                beans.removeBeanDefinition(name);
            } else if (definition.getRole() == BeanDefinition.ROLE_APPLICATION) {
                definition.setLazyInit(!selected.contains(name));
            }
        }
        ahead.forEach(
                (name, made) -> ((AbstractBeanDefinition) beans.getBeanDefinition(name)).setInstanceSupplier(made));
        instances.forEach(beans::registerSingleton);
    }

    private boolean function(DefaultListableBeanFactory beans, String name) {
        if (!known.isEmpty()) {
            return known.contains(name);
        }
        Class<?> type = beans.getType(name, false);
        return type != null && Function.class.isAssignableFrom(type);
    }
}
