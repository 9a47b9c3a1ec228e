package dev.gavel.events;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The CloudEvent type of a fact, `dev.gavel.<subject>.<predicate>.v<major>`, and the version of its data
/// schema. Written here and never derived from the class name, so that renaming a class cannot change the
/// contract.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface CloudEventType {

    /// The type, for example `dev.gavel.auction.opened.v1`.
    String value();

    /// The version of the data schema, `<major>.<minor>`; a compatible change raises the minor.
    String schema();
}
