package dev.gavel.catalog;

import dev.gavel.kernel.Call;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.UseCase;
import java.util.List;

/// Shows the whole category tree, the same for everybody until the next release.
public final class ListCategories implements UseCase<ListCategories.Query, ListCategories.Tree> {

    public record Query() {}

    public record Tree(List<Categories.Category> categories) {}

    private final Tree tree;

    ListCategories(Categories categories) {
        this.tree = new Tree(categories.tops());
    }

    @Override
    public Outcome<Tree> apply(Call<Query> call) {
        return Outcome.accepted(tree);
    }
}
