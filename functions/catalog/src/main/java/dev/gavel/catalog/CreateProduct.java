package dev.gavel.catalog;

import dev.gavel.events.Fact;
import dev.gavel.events.ProductEvent.Condition;
import dev.gavel.events.ProductEvent.ProductListed;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Ids;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.UseCase;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists something to sell; an auction that sells it is opened afterwards. A request creates one
/// product, however often it is repeated. Refusals: {@link ProductRejected} `DescriptionInvalid`,
/// `PictureUnknown` and `Prohibited`, naming the member.
public final class CreateProduct implements UseCase<CreateProduct.Command, ProductView> {

    /// @param category the id of a leaf of the category tree
    /// @param pictures at most 12 keys, the first is the cover
    public record Command(
            String title,
            String description,
            String category,
            Condition condition,
            @Nullable List<String> pictures) {}

    private final Products products;
    private final ShownPictures pictures;
    private final DescriptionRules rules;
    private final Ids ids;

    CreateProduct(Products products, ShownPictures pictures, DescriptionRules rules, Ids ids) {
        this.products = products;
        this.pictures = pictures;
        this.rules = rules;
        this.ids = ids;
    }

    @Override
    public Outcome<ProductView> apply(Call<Command> call) {
        Command command = call.command();
        Instant now = call.receivedAt();
        Description description = DescriptionRules.tidy(new Description(
                command.title(),
                command.description(),
                command.category(),
                command.condition(),
                command.pictures() == null ? List.of() : command.pictures()));
        ProductRejected problem = rules.problem(description);
        if (problem != null) {
            return Outcome.rejected(problem);
        }
        List<String> unknown = pictures.unknown(call.user(), description.pictures());
        if (!unknown.isEmpty()) {
            return Outcome.rejected(new ProductRejected.PictureUnknown(unknown.getFirst()));
        }
        Product product = Product.listed(ProductId.next(ids), call.user(), description, now);
        List<Fact<?>> facts = List.of(Fact.of(CreateProduct.class, product.facts(), now, listed(product)));
        String creation = RequestKey.of(call);
        try {
            products.add(product, creation, facts);
        } catch (StaleWrite stale) {
            // This very request has created its product already, and its answer was lost on the way.
            Product created =
                    products.createdBy(creation).flatMap(products::find).orElseThrow(() -> stale);
            return Outcome.accepted(ProductView.of(created));
        }
        products.announce(facts);
        return Outcome.accepted(ProductView.of(product));
    }

    private static ProductListed listed(Product product) {
        Description told = product.description();
        return new ProductListed(
                product.productId(),
                product.sellerId(),
                told.title(),
                told.description(),
                told.category(),
                told.condition(),
                told.pictures(),
                product.createdAt());
    }
}
