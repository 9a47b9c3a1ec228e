package dev.gavel.runtime;

import dev.gavel.events.MarketEvent;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The facts that trigger a use case; its command is `Fact<E>`. Declared beside its bean and checked against
/// the filters of its Knative Trigger.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnEvent {
    Class<? extends MarketEvent>[] value();
}
