/// The facts Gavel's contexts tell each other: the public contract, one record per CloudEvent type.
@NullMarked
package dev.gavel.events;

import org.jspecify.annotations.NullMarked;
