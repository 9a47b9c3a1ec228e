/// The function host: Spring Cloud Function's catalog on a lean context, a small HTTP server, and the edges
/// that turn requests and CloudEvents into calls of one use case.
@NullMarked
package dev.gavel.runtime;

import org.jspecify.annotations.NullMarked;
