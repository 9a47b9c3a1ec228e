/// Classes that break the architecture rules on purpose: the rules have to find them.
@NullMarked
package dev.gavel.wrong;

import org.jspecify.annotations.NullMarked;
