@NullMarked
package dev.gavel.runtime;

import org.jspecify.annotations.NullMarked;
