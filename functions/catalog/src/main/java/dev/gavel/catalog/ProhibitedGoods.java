package dev.gavel.catalog;

import dev.gavel.catalog.Categories.Name;
import dev.gavel.catalog.Categories.Resource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.type.TypeReference;

/// What may not be sold, kept as data in `prohibited.json`: a title is refused when it has one of the words of a rule
/// as a word of its own and none of the words that make it something else, such as a cigarette case. It catches
/// honest mistakes, not those who want to get around it.
final class ProhibitedGoods {

    /// @param unless words that tell that the title means something else
    record Goods(String id, Name name, Set<String> words, Set<String> unless) {}

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final List<Goods> rules;

    ProhibitedGoods(List<Goods> rules) {
        this.rules = List.copyOf(rules);
    }

    static ProhibitedGoods published() {
        return new ProhibitedGoods(Resource.read("/prohibited.json", new TypeReference<List<Goods>>() {}));
    }

    List<Goods> rules() {
        return rules;
    }

    /// The first rule that forbids to sell what the title says.
    Optional<Goods> in(String title) {
        Set<String> words = new HashSet<>(List.of(BETWEEN_WORDS.split(title.toLowerCase(Locale.ROOT))));
        return rules.stream()
                .filter(rule -> rule.words().stream().anyMatch(words::contains)
                        && rule.unless().stream().noneMatch(words::contains))
                .findFirst();
    }
}
