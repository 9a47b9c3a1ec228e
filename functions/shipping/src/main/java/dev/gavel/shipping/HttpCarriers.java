package dev.gavel.shipping;

import dev.gavel.events.ParcelEvent.Stage;
import dev.gavel.runtime.HttpCalls;
import dev.gavel.runtime.HttpCalls.Answer;
import dev.gavel.runtime.NoAnswer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// An aggregator that speaks to all carriers. The README of this context has the form of its answers.
final class HttpCarriers implements Carriers, AutoCloseable {

    private static final int MOST_STAGES = 200;
    private static final int LONGEST_PLACE = 80;

    private final HttpCalls http;

    HttpCarriers(URI base, @Nullable String token, Duration timeout) {
        this.http = new HttpCalls(base, token == null ? null : "Bearer " + token, timeout);
    }

    @Override
    public Tracking find(Waybill waybill) {
        try {
            Answer answer = http.get("/v1/tracking/" + waybill);
            if (answer.good()) {
                return new Found(stages(answer.body()));
            }
            return answer.status() == 404 && answer.code().equals("UNKNOWN_NUMBER")
                    ? new NotFound()
                    : new Unknown(answer.code());
        } catch (NoAnswer none) {
            return new Unknown(none.why());
        }
    }

    private static List<Passed> stages(JsonNode tracking) throws NoAnswer {
        JsonNode list = tracking.path("stages");
        if (!list.isArray() || list.size() > MOST_STAGES) {
            throw new NoAnswer("NOT_A_TRACKING");
        }
        List<Passed> stages = new ArrayList<>();
        for (JsonNode one : list) {
            String at = one.path("at").asString("");
            Optional<Stage> stage = stage(one.path("stage").asString(""));
            try {
                Instant time = Instant.parse(at);
                stage.ifPresent(known -> stages.add(new Passed(known, time, place(one.path("place")))));
            } catch (DateTimeParseException _) {
                throw new NoAnswer("NOT_A_TRACKING");
            }
        }
        return stages;
    }

    /// Others, such as customs, are none of ours.
    private static Optional<Stage> stage(String name) {
        return switch (name) {
            case "registered" -> Optional.of(Stage.REGISTERED);
            case "accepted" -> Optional.of(Stage.ACCEPTED);
            case "in-transit" -> Optional.of(Stage.IN_TRANSIT);
            case "out-for-delivery" -> Optional.of(Stage.OUT_FOR_DELIVERY);
            case "delivered" -> Optional.of(Stage.DELIVERED);
            default -> Optional.empty();
        };
    }

    private static @Nullable String place(JsonNode place) {
        String text = place.asString("").strip();
        boolean plain = text.chars().noneMatch(Character::isISOControl);
        return text.isEmpty() || text.length() > LONGEST_PLACE || !plain ? null : text;
    }

    @Override
    public void close() {
        http.close();
    }
}
