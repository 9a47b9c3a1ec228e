package dev.gavel.catalog;

import dev.gavel.events.Fact;
import dev.gavel.events.ProductEvent.Condition;
import dev.gavel.events.ProductEvent.ProductUpdated;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Outcome;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.UseCase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Describes a product anew: the members that are sent, and those only. It is allowed while an auction sells it; the
/// fact says whether the change is material, so that bidders can be told. Nothing happens when nothing changes, which
/// makes a repetition harmless. Refusals: {@link ProductRejected}.
public final class UpdateProduct implements UseCase<UpdateProduct.Command, ProductView> {

    /// @param version the one the product was read at; another change since then is not overwritten
    public record Command(
            ProductId productId,
            long version,
            @Nullable String title,
            @Nullable String description,
            @Nullable String category,
            @Nullable Condition condition,
            @Nullable List<String> pictures) {}

    private final Products products;
    private final ShownPictures pictures;
    private final DescriptionRules rules;

    UpdateProduct(Products products, ShownPictures pictures, DescriptionRules rules) {
        this.products = products;
        this.pictures = pictures;
        this.rules = rules;
    }

    @Override
    public Outcome<ProductView> apply(Call<Command> call) {
        Command command = call.command();
        Optional<Product> found = products.find(command.productId());
        if (found.isEmpty()) {
            return Outcome.rejected(new ProductRejected.Unknown());
        }
        Product product = found.get();
        if (!product.isOf(call.user())) {
            return Outcome.rejected(new ProductRejected.SomeoneElses());
        }
        Description description = DescriptionRules.tidy(merged(product.description(), command));
        ProductRejected problem = rules.problem(description);
        if (problem != null) {
            return Outcome.rejected(problem);
        }
        List<String> changed = product.description().changes(description);
        if (changed.isEmpty()) {
            return Outcome.accepted(ProductView.of(product));
        }
        if (product.status() == Product.Status.WITHDRAWN) {
            return Outcome.rejected(new ProductRejected.Withdrawn());
        }
        if (command.version() != product.version()) {
            return Outcome.rejected(new ProductRejected.Changed(product.version()));
        }
        if (changed.contains("pictures")) {
            List<String> unknown = pictures.unknown(call.user(), description.pictures());
            if (!unknown.isEmpty()) {
                return Outcome.rejected(new ProductRejected.PictureUnknown(unknown.getFirst()));
            }
        }
        Instant now = call.receivedAt();
        Product next = product.described(description, now);
        boolean material = product.description().tellsOtherThan(description);
        List<Fact<?>> facts =
                List.of(Fact.of(UpdateProduct.class, next.facts(), now, updated(next, material, changed)));
        products.save(next, facts);
        products.announce(facts);
        return Outcome.accepted(ProductView.of(next));
    }

    private static Description merged(Description known, Command command) {
        return new Description(
                command.title() == null ? known.title() : command.title(),
                command.description() == null ? known.description() : command.description(),
                command.category() == null ? known.category() : command.category(),
                command.condition() == null ? known.condition() : command.condition(),
                command.pictures() == null ? known.pictures() : command.pictures());
    }

    private static ProductUpdated updated(Product product, boolean material, List<String> changed) {
        Description told = product.description();
        return new ProductUpdated(
                product.productId(),
                product.sellerId(),
                told.title(),
                told.description(),
                told.category(),
                told.condition(),
                told.pictures(),
                material,
                changed,
                product.updatedAt());
    }
}
