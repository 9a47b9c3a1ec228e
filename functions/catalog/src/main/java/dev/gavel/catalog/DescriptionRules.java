package dev.gavel.catalog;

import java.text.Normalizer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a description must be like before anybody sees it.
final class DescriptionRules {

    static final int LONGEST_TITLE = 100;
    static final int LONGEST_DESCRIPTION = 4_000;
    static final int MOST_PICTURES = 12;
    private static final int LONGEST_KEY = 120;

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*");
    // Control characters, halves of a character, and marks that turn the direction of the text around them.
    private static final Pattern UNREADABLE =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Co}\\u202A-\\u202E\\u2066-\\u2069&&[^\\n\\t]]");

    private final Categories categories;
    private final ProhibitedGoods prohibited;

    DescriptionRules(Categories categories, ProhibitedGoods prohibited) {
        this.categories = categories;
        this.prohibited = prohibited;
    }

    /// The same with composed letters, plain line ends, no space around it and single spaces in the title.
    static Description tidy(Description told) {
        return new Description(
                composed(told.title()).strip().replaceAll("[ \\t\\n\\u00A0\\u3000]+", " "),
                composed(told.description()).strip(),
                told.category(),
                told.condition(),
                List.copyOf(told.pictures()));
    }

    private static String composed(String text) {
        return Normalizer.normalize(text.replace("\r\n", "\n"), Normalizer.Form.NFC);
    }

    /// What is wrong with it, if anything.
    @Nullable
    ProductRejected problem(Description told) {
        if (told.title().isBlank() || told.title().length() > LONGEST_TITLE) {
            return invalid("title", "give a title of 1 to 100 characters");
        }
        if (UNREADABLE.matcher(told.title()).find()) {
            return invalid("title", "leave out control characters");
        }
        if (told.description().length() > LONGEST_DESCRIPTION) {
            return invalid("description", "use at most 4,000 characters");
        }
        if (UNREADABLE.matcher(told.description()).find()) {
            return invalid("description", "leave out control characters");
        }
        if (!categories.isLeaf(told.category())) {
            return invalid("category", "choose the id of a category without children, see GET /v1/categories");
        }
        ProductRejected pictures = pictures(told.pictures());
        if (pictures != null) {
            return pictures;
        }
        Optional<ProhibitedGoods.Goods> goods = prohibited.in(told.title());
        return goods.isEmpty()
                ? null
                : new ProductRejected.Prohibited(
                        "title",
                        goods.get().id(),
                        goods.get().name().ko() + " / " + goods.get().name().en());
    }

    private static @Nullable ProductRejected pictures(List<String> keys) {
        if (keys.size() > MOST_PICTURES) {
            return invalid("pictures", "use at most 12 pictures");
        }
        if (keys.stream()
                .anyMatch(key -> key.length() > LONGEST_KEY || !KEY.matcher(key).matches())) {
            return invalid("pictures", "send the keys of pictures you uploaded, of at most 120 characters");
        }
        return keys.stream().distinct().count() < keys.size() ? invalid("pictures", "send each picture once") : null;
    }

    private static ProductRejected invalid(String member, String detail) {
        return new ProductRejected.DescriptionInvalid(member, detail);
    }
}
