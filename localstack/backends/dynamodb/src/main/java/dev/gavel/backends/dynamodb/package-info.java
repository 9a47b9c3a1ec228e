/// The embedded dynamodb server of the local platform, loaded apart from everything else.
@NullMarked
package dev.gavel.backends.dynamodb;

import org.jspecify.annotations.NullMarked;
