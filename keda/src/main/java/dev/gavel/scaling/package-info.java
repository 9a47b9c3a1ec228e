/// What the scalers of this folder would do in an evening: KEDA and the HPA, told by their
/// documented rules.
@NullMarked
package dev.gavel.scaling;

import org.jspecify.annotations.NullMarked;
