package dev.gavel.runtime;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;

/// A context of beans alone: nobody asks it for resources by patterns, for messages, for values of expressions, or to
/// pass on events,
/// so nothing of that is made when a function starts.
final class LeanContext extends GenericApplicationContext {

    @Override
    protected ResourcePatternResolver getResourcePatternResolver() {
        return new NoPatterns();
    }

    @Override
    protected void prepareBeanFactory(ConfigurableListableBeanFactory beans) {
        beans.setBeanClassLoader(getClassLoader());
    }

    @Override
    protected void initMessageSource() {
        // Nobody asks for messages.
    }

    @Override
    protected void initApplicationEventMulticaster() {
        // See publishEvent.
    }

    @Override
    protected void registerListeners() {
        // Nobody listens.
    }

    @Override
    public void publishEvent(ApplicationEvent event) {
        // Nobody listens.
    }

    private static final class NoPatterns extends DefaultResourceLoader implements ResourcePatternResolver {

        @Override
        public Resource[] getResources(String pattern) {
            throw new UnsupportedOperationException("resources are not looked for by patterns here: " + pattern);
        }
    }
}
