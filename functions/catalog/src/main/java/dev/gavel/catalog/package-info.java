/// What people have to sell, and the categories it is found under.
@NullMarked
package dev.gavel.catalog;

import org.jspecify.annotations.NullMarked;
