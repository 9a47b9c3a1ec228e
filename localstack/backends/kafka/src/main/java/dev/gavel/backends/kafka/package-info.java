/// The embedded kafka server of the local platform, loaded apart from everything else.
@NullMarked
package dev.gavel.backends.kafka;

import org.jspecify.annotations.NullMarked;
