/// A context that another one knows, which it must not.
@NullMarked
package dev.gavel.wrong.accounts;

import org.jspecify.annotations.NullMarked;
