/// The embedded redis server of the local platform, loaded apart from everything else.
@NullMarked
package dev.gavel.backends.redis;

import org.jspecify.annotations.NullMarked;
