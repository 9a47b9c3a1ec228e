/// Pictures of strangers, made small and harmless: what an upload is, whether it is taken, and its
/// variants.
@NullMarked
package dev.gavel.imaging;

import org.jspecify.annotations.NullMarked;
