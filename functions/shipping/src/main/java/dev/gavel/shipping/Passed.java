package dev.gavel.shipping;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gavel.events.ParcelEvent.Stage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A stage that a parcel has come to, when, and where if the carrier tells: 1 to 80 characters.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Passed(Stage stage, Instant at, @Nullable String place) {}
