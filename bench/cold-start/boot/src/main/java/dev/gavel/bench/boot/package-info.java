/// The use case `place-bid` on Spring Boot, to be compared with.
@NullMarked
package dev.gavel.bench.boot;

import org.jspecify.annotations.NullMarked;
