/// Pictures: taken from their owners, made small and harmless, shown to everybody.
@NullMarked
package dev.gavel.media;

import org.jspecify.annotations.NullMarked;
