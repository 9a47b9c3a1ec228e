package dev.gavel.relay;

import dev.gavel.events.Fact;
import dev.gavel.events.Json;
import dev.gavel.events.PictureEvent.PictureUploaded;
import dev.gavel.kernel.PictureId;
import dev.gavel.kernel.UserId;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What S3 tells of new objects (Amazon S3 User Guide, "Event message structure", version 2.x), as
/// facts about pictures. However often S3 tells of one upload, and whatever it was overwritten with,
/// the fact is the same.
final class S3Arrivals implements Translation {

    private static final String SOURCE = "/s3/uploads";
    private static final Pattern OBJECT = Pattern.compile("uploads/(usr_[0-9A-Z]{26})/(pic_[0-9A-Z]{26})");

    @Override
    public List<byte[]> events(String body) throws Untranslatable {
        JsonNode message;
        try {
            message = Json.MAPPER.readTree(body);
        } catch (JacksonException _) {
            throw new Untranslatable("this is no JSON");
        }
        if (message.path("Event").asString("").equals("s3:TestEvent")) {
            // What S3 says once, when it is told where to tell.
            return List.of();
        }
        if (message.path("Records").isEmpty()) {
            throw new Untranslatable("there are no Records of S3 in it");
        }
        List<byte[]> events = new ArrayList<>();
        for (JsonNode told : message.path("Records")) {
            if (told.path("eventName").asString("").startsWith("ObjectCreated:")) {
                events.add(arrival(told).structured().getBytes(StandardCharsets.UTF_8));
            }
        }
        return events;
    }

    private static Fact<PictureUploaded> arrival(JsonNode told) throws Untranslatable {
        try {
            String object = URLDecoder.decode(told.at("/s3/object/key").asString(""), StandardCharsets.UTF_8);
            Matcher parts = OBJECT.matcher(object);
            if (!parts.matches()) {
                throw new Untranslatable("an object that is nobody's upload: " + object);
            }
            Instant at = Instant.parse(told.path("eventTime").asString(""));
            PictureUploaded uploaded = new PictureUploaded(
                    new PictureId(parts.group(2)),
                    new UserId(parts.group(1)),
                    object,
                    told.at("/s3/object/size").asLong(0),
                    at);
            return new Fact<>(SOURCE, 1, at, uploaded);
        } catch (IllegalArgumentException | DateTimeException wrong) {
            throw new Untranslatable(String.valueOf(wrong.getMessage()));
        }
    }
}
