/// Rehearsals of the images.
@NullMarked
package dev.gavel.images;

import org.jspecify.annotations.NullMarked;
