/// The words every part of Gavel shares: money, ids, callers, calls and outcomes. Plain Java, no framework.
@NullMarked
package dev.gavel.kernel;

import org.jspecify.annotations.NullMarked;
