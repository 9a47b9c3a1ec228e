/// The use case `place-bid` on Quarkus Funqy, to be compared with.
@NullMarked
package dev.gavel.bench.quarkus;

import org.jspecify.annotations.NullMarked;
