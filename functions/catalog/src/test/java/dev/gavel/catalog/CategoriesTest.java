package dev.gavel.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.catalog.Categories.Category;
import dev.gavel.catalog.Categories.Name;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CategoriesTest {

    @Test
    void thePublishedTreeIsWellFormed() {
        List<Category> tops = Categories.published().tops();
        assertThat(problems(tops)).isEmpty();
        assertThat(tops).hasSizeBetween(12, 25);
        assertThat(tops.stream()
                        .mapToInt(top -> Objects.requireNonNull(top.children()).size())
                        .sum())
                .isBetween(80, 150);
    }

    @Test
    void aTreeThatIsNotIsNoticed() {
        Name name = new Name("카메라", "Cameras");
        assertThat(problems(List.of(new Category("digital", name, null)))).containsExactly("digital has no leaves");
        assertThat(problems(List.of(
                        top(new Category("digital.camera", name, null), new Category("digital.camera", name, null)))))
                .containsExactly("digital.camera comes twice");
        assertThat(problems(List.of(top(new Category("music.camera", name, null)))))
                .containsExactly("music.camera is not under digital");
        assertThat(problems(List.of(top(new Category("digital.camera", new Name("카메라", " "), null)))))
                .containsExactly("digital.camera lacks a name");
        assertThat(problems(List.of(top(new Category("digital.camera", new Name("Cameras", "Cameras"), null)))))
                .containsExactly("digital.camera lacks a name");
        assertThat(problems(List.of(top(new Category("digital.camera", name, List.of())))))
                .containsExactly("digital.camera is no leaf");
    }

    @Test
    void onlyLeavesHoldProducts() {
        Categories categories = Categories.published();
        assertThat(categories.isLeaf("digital.camera")).isTrue();
        assertThat(categories.isLeaf("digital")).isFalse();
        assertThat(categories.isLeaf("digital.cameras")).isFalse();
    }

    private static Category top(Category... leaves) {
        return new Category("digital", new Name("디지털", "Digital"), List.of(leaves));
    }

    private static List<String> problems(List<Category> tops) {
        List<String> problems = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Category top : tops) {
            check(top, ids, "[a-z]+", problems);
            if (top.children() == null || top.children().isEmpty()) {
                problems.add(top.id() + " has no leaves");
                continue;
            }
            for (Category leaf : top.children()) {
                check(leaf, ids, "[a-z]+[.][a-z]+", problems);
                if (!leaf.id().startsWith(top.id() + ".")) {
                    problems.add(leaf.id() + " is not under " + top.id());
                }
                if (leaf.children() != null) {
                    problems.add(leaf.id() + " is no leaf");
                }
            }
        }
        return problems;
    }

    private static void check(Category category, Set<String> ids, String form, List<String> problems) {
        if (!category.id().matches(form)) {
            problems.add(category.id() + " is no id");
        }
        if (!ids.add(category.id())) {
            problems.add(category.id() + " comes twice");
        }
        boolean korean = category.name().ko().matches(".*[가-힣].*")
                || category.name().ko().matches("[A-Z·]+");
        if (!korean || !category.name().en().matches("[A-Z][A-Za-z' -]+")) {
            problems.add(category.id() + " lacks a name");
        }
    }
}
