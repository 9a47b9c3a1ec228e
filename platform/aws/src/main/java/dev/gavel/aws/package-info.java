/// What every client of AWS has in common: where it goes, who it is, and how long it waits.
@NullMarked
package dev.gavel.aws;

import org.jspecify.annotations.NullMarked;
