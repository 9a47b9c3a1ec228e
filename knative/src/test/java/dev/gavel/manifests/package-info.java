/// Holds the manifests to the code: the same use cases, routes, events and schedules by name, and nothing
/// unbounded.
@NullMarked
package dev.gavel.manifests;

import org.jspecify.annotations.NullMarked;
