/// What operators look after: events that could not be delivered.
@NullMarked
package dev.gavel.operations;

import org.jspecify.annotations.NullMarked;
