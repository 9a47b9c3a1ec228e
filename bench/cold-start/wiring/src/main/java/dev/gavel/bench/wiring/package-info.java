/// What two peers of the cold-start benchmark have in common: everything but the host.
@NullMarked
package dev.gavel.bench.wiring;

import org.jspecify.annotations.NullMarked;
