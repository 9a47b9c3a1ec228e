/// Brings what waits in a queue to whoever handles it over HTTP, at least once.
@NullMarked
package dev.gavel.relay;

import org.jspecify.annotations.NullMarked;
