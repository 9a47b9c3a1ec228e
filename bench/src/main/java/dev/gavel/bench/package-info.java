/// Checks of a running Gavel against independent oracles, and benchmarks against peers in the same run.
/// Nothing here is deployed.
@NullMarked
package dev.gavel.bench;

import org.jspecify.annotations.NullMarked;
