/// Plays trades on the real functions, each in a process that is killed before or after one of its effects, and
/// compares what became of them with an undisturbed run.
@NullMarked
package dev.gavel.sagas;

import org.jspecify.annotations.NullMarked;
