/// The embedded sqs server of the local platform, loaded apart from everything else.
@NullMarked
package dev.gavel.backends.sqs;

import org.jspecify.annotations.NullMarked;
