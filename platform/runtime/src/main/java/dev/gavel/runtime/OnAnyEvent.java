package dev.gavel.runtime;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Triggers a use case with every event that no other use case of its host takes, understood or not; its
/// command is `AnyEvent`. Its Knative Trigger has no filter. The inbox is not asked, because such a use case may
/// get one event from several places: it must make repetitions harmless itself.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnAnyEvent {}
