package dev.gavel.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gavel.events.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/// The category tree, kept as data in `categories.json`: top categories, and the leaves that products are in. The id
/// of a leaf is that of its top, a dot and a name.
final class Categories {

    /// A name in both languages.
    record Name(String ko, String en) {}

    /// A top category with its leaves, or a leaf.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Category(String id, Name name, @Nullable List<Category> children) {}

    private final List<Category> tops;
    private final Set<String> leaves = new HashSet<>();

    Categories(List<Category> tops) {
        this.tops = List.copyOf(tops);
        for (Category top : tops) {
            if (top.children() != null) {
                top.children().forEach(leaf -> leaves.add(leaf.id()));
            }
        }
    }

    static Categories published() {
        return new Categories(Resource.read("/categories.json", new TypeReference<List<Category>>() {}));
    }

    List<Category> tops() {
        return tops;
    }

    /// Whether products can be in it.
    boolean isLeaf(String id) {
        return leaves.contains(id);
    }

    /// Data that is part of the code.
    static final class Resource {

        private Resource() {}

        static <T> T read(String name, TypeReference<T> type) {
            try (InputStream json = Categories.class.getResourceAsStream(name)) {
                if (json == null) {
                    throw new IllegalStateException(name + " is missing from the class path");
                }
                return Json.STRICT.forType(type).readValue(json);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
