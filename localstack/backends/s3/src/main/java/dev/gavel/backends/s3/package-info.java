/// The embedded s3 server of the local platform, loaded apart from everything else.
@NullMarked
package dev.gavel.backends.s3;

import org.jspecify.annotations.NullMarked;
