package dev.gavel.catalog;

import dev.gavel.events.ProductEvent.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a seller tells of a product.
///
/// @param category the id of a leaf of the category tree
/// @param pictures keys of pictures; the first is the cover
record Description(String title, String description, String category, Condition condition, List<String> pictures) {

    /// The names of the members in which another description differs, in the order of the members.
    List<String> changes(Description other) {
        List<String> changed = new ArrayList<>();
        note(changed, "title", title, other.title);
        note(changed, "description", description, other.description);
        note(changed, "category", category, other.category);
        note(changed, "condition", condition, other.condition);
        note(changed, "pictures", pictures, other.pictures);
        return List.copyOf(changed);
    }

    private static void note(List<String> changed, String name, Object before, Object after) {
        if (!before.equals(after)) {
            changed.add(name);
        }
    }

    /// Whether the other one tells something else: spacing and the case of letters tell nothing.
    boolean tellsOtherThan(Description other) {
        return !folded(title).equals(folded(other.title))
                || !folded(description).equals(folded(other.description))
                || !category.equals(other.category)
                || condition != other.condition
                || !pictures.equals(other.pictures);
    }

    private static String folded(String text) {
        return text.replaceAll("\\s+", "").toLowerCase(Locale.ROOT);
    }
}
