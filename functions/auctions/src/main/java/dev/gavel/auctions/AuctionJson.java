package dev.gavel.auctions;

import dev.gavel.auctions.Auction.End;
import dev.gavel.auctions.Auction.Lead;
import dev.gavel.auctions.Auction.Status;
import dev.gavel.events.AuctionEvent.Result;
import dev.gavel.events.JsonStreams;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Money;
import dev.gavel.kernel.ProductId;
import dev.gavel.kernel.UserId;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Auctions and bids as the JSON that DynamoDB keeps, read and written member by member. Jackson's binding of records
/// does the same: it has to look at every record first, which a bidder who wakes the function would wait for, and calls
/// their constructors in a roundabout way afterwards. Members that are absent are not written; unknown ones are passed
/// over, for a newer version may have written them.
final class AuctionJson {

    private AuctionJson() {}

    static String of(Auction auction) {
        StringWriter text = new StringWriter(1_024);
        try (JsonGenerator json = JsonStreams.generator(text)) {
            json.writeStartObject();
            write(json, "terms", auction.terms());
            json.writeStringProperty("status", named(auction.status()));
            json.writeStringProperty("endsAt", auction.endsAt().toString());
            JsonStreams.write(json, "price", auction.price());
            Lead lead = auction.lead();
            if (lead != null) {
                json.writeObjectPropertyStart("lead");
                json.writeStringProperty("bidderId", lead.bidderId().value());
                JsonStreams.write(json, "maximum", lead.maximum());
                json.writeEndObject();
            }
            json.writeNumberProperty("bidCount", auction.bidCount());
            End end = auction.end();
            if (end != null) {
                json.writeObjectPropertyStart("end");
                json.writeStringProperty("at", end.at().toString());
                write(json, "result", end.result() == null ? null : named(end.result()));
                write(json, "reason", end.reason());
                json.writeEndObject();
            }
            json.writeNumberProperty("version", auction.version());
            json.writeNumberProperty("facts", auction.facts());
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, String name, Terms terms) {
        json.writeObjectPropertyStart(name);
        json.writeStringProperty("auctionId", terms.auctionId().value());
        json.writeStringProperty("sellerId", terms.sellerId().value());
        json.writeStringProperty("title", terms.title());
        json.writeStringProperty("description", terms.description());
        write(json, "rules", terms.rules());
        JsonStreams.write(json, "startPrice", terms.startPrice());
        JsonStreams.write(json, "reserve", terms.reserve());
        JsonStreams.write(json, "buyNow", terms.buyNow());
        json.writeStringProperty("createdAt", terms.createdAt().toString());
        json.writeStringProperty("startsAt", terms.startsAt().toString());
        json.writeStringProperty("plannedEndsAt", terms.plannedEndsAt().toString());
        Terms.Item item = terms.item();
        if (item != null) {
            json.writeObjectPropertyStart("item");
            json.writeStringProperty("productId", item.productId().value());
            json.writeStringProperty("category", item.category());
            json.writeArrayPropertyStart("pictures");
            item.pictures().forEach(json::writeString);
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, Rules rules) {
        json.writeObjectPropertyStart(name);
        json.writeStringProperty("preset", rules.preset());
        json.writeBooleanProperty("proxy", rules.proxy());
        json.writeObjectPropertyStart("increments");
        json.writeArrayPropertyStart("steps");
        for (Increments.Step step : rules.increments().steps()) {
            json.writeStartObject();
            json.writeNumberProperty("from", step.from());
            json.writeNumberProperty("by", step.by());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        Rules.SoftClose softClose = rules.softClose();
        if (softClose != null) {
            json.writeObjectPropertyStart("softClose");
            json.writeStringProperty("window", softClose.window().toString());
            json.writeStringProperty("extension", softClose.extension().toString());
            json.writeStringProperty("limit", softClose.limit().toString());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, @Nullable String text) {
        if (text != null) {
            json.writeStringProperty(name, text);
        }
    }

    /// How facts and requests spell it, too.
    private static String named(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <E extends Enum<E>> E named(Class<E> type, String name) {
        return Enum.valueOf(type, name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /// @throws tools.jackson.core.JacksonException when the text is not JSON
    /// @throws IllegalArgumentException when it is not the state of an auction
    static Auction auction(String state) {
        try (JsonParser json = JsonStreams.parser(state)) {
            json.nextToken();
            return auction(json);
        }
    }

    private static Auction auction(JsonParser json) {
        Terms terms = null;
        Status status = null;
        Instant endsAt = null;
        Money price = null;
        Lead lead = null;
        long bidCount = 0;
        End end = null;
        long version = 0;
        long facts = 0;
        for (String name = first(json); name != null; name = next(json)) {
            switch (name) {
                case "terms" -> terms = terms(json);
                case "status" -> status = named(Status.class, json.getString());
                case "endsAt" -> endsAt = Instant.parse(json.getString());
                case "price" -> price = money(json);
                case "lead" -> lead = lead(json);
                case "bidCount" -> bidCount = json.getLongValue();
                case "end" -> end = end(json);
                case "version" -> version = json.getLongValue();
                case "facts" -> facts = json.getLongValue();
                default -> json.skipChildren();
            }
        }
        return new Auction(
                there(terms, "terms"),
                there(status, "status"),
                there(endsAt, "endsAt"),
                there(price, "price"),
                lead,
                bidCount,
                end,
                version,
                facts);
    }

    private static Lead lead(JsonParser json) {
        UserId bidder = null;
        Money maximum = null;
        for (String name = first(json); name != null; name = next(json)) {
            switch (name) {
                case "bidderId" -> bidder = new UserId(json.getString());
                case "maximum" -> maximum = money(json);
                default -> json.skipChildren();
            }
        }
        return new Lead(there(bidder, "bidderId"), there(maximum, "maximum"));
    }

    private static End end(JsonParser json) {
        Instant at = null;
        Result result = null;
        String reason = null;
        for (String name = first(json); name != null; name = next(json)) {
            switch (name) {
                case "at" -> at = Instant.parse(json.getString());
                case "result" -> result = named(Result.class, json.getString());
                case "reason" -> reason = json.getString();
                default -> json.skipChildren();
            }
        }
        return new End(there(at, "at"), result, reason);
    }

    private static Terms terms(JsonParser json) {
        AuctionId id = null;
        UserId seller = null;
        String title = null;
        String description = null;
        Rules rules = null;
        Money startPrice = null;
        Money reserve = null;
        Money buyNow = null;
        Instant createdAt = null;
        Instant startsAt = null;
        Instant plannedEndsAt = null;
        Terms.Item item = null;
        for (String name = first(json); name != null; name = next(json)) {
            switch (name) {
                case "auctionId" -> id = new AuctionId(json.getString());
                case "sellerId" -> seller = new UserId(json.getString());
                case "title" -> title = json.getString();
                case "description" -> description = json.getString();
                case "rules" -> rules = rules(json);
                case "startPrice" -> startPrice = money(json);
                case "reserve" -> reserve = money(json);
                case "buyNow" -> buyNow = money(json);
                case "createdAt" -> createdAt = Instant.parse(json.getString());
                case "startsAt" -> startsAt = Instant.parse(json.getString());
                case "plannedEndsAt" -> plannedEndsAt = Instant.parse(json.getString());
                case "item" -> item = item(json);
                default -> json.skipChildren();
            }
        }
        return new Terms(
                there(id, "auctionId"),
                there(seller, "sellerId"),
                there(title, "title"),
                there(description, "description"),
                there(rules, "rules"),
                there(startPrice, "startPrice"),
                reserve,
                buyNow,
                there(createdAt, "createdAt"),
                there(startsAt, "startsAt"),
                there(plannedEndsAt, "plannedEndsAt"),
                item);
    }

    private static Terms.Item item(JsonParser json) {
        ProductId product = null;
        String category = null;
        List<String> pictures = new ArrayList<>();
        for (String name = first(json); name != null; name = next(json)) {
            switch (name) {
                case "productId" -> product = new ProductId(json.getString());
                case "category" -> category = json.getString();
                case "pictures" -> {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        pictures.add(json.getString());
                    }
                }
                default -> json.skipChildren();
            }
        }
        return new Terms.Item(there(product, "productId"), there(category, "category"), List.copyOf(pictures));
    }

    private static Rules rules(JsonParser json) {
        String preset = null;
        boolean proxy = false;
        Increments increments = null;
        Rules.SoftClose softClose = null;
        for (String name = first(json); name != null; name = next(json)) {
            switch (name) {
                case "preset" -> preset = json.getString();
                case "proxy" -> proxy = json.getBooleanValue();
                case "increments" -> increments = increments(json);
                case "softClose" -> softClose = softClose(json);
                default -> json.skipChildren();
            }
        }
        return new Rules(there(preset, "preset"), proxy, there(increments, "increments"), softClose);
    }

    private static Increments increments(JsonParser json) {
        List<Increments.Step> steps = new ArrayList<>();
        for (String name = first(json); name != null; name = next(json)) {
            if (!name.equals("steps")) {
                json.skipChildren();
                continue;
            }
            while (json.nextToken() != JsonToken.END_ARRAY) {
                steps.add(step(json));
            }
        }
        return new Increments(steps);
    }

    private static Increments.Step step(JsonParser json) {
        long from = 0;
        long by = 0;
        for (String name = first(json); name != null; name = next(json)) {
            switch (name) {
                case "from" -> from = json.getLongValue();
                case "by" -> by = json.getLongValue();
                default -> json.skipChildren();
            }
        }
        return new Increments.Step(from, by);
    }

    private static Rules.SoftClose softClose(JsonParser json) {
        Duration window = null;
        Duration extension = null;
        Duration limit = null;
        for (String name = first(json); name != null; name = next(json)) {
            switch (name) {
                case "window" -> window = Duration.parse(json.getString());
                case "extension" -> extension = Duration.parse(json.getString());
                case "limit" -> limit = Duration.parse(json.getString());
                default -> json.skipChildren();
            }
        }
        return new Rules.SoftClose(there(window, "window"), there(extension, "extension"), there(limit, "limit"));
    }

    private static Money money(JsonParser json) {
        String amount = null;
        String currency = null;
        for (String name = first(json); name != null; name = next(json)) {
            switch (name) {
                case "amount" -> amount = json.getString();
                case "currency" -> currency = json.getString();
                default -> json.skipChildren();
            }
        }
        return Money.of(there(amount, "amount"), there(currency, "currency"));
    }

    /// Bids with short names, because what is written is paid for by the kilobyte; amounts in the minor units of the
    /// one
    /// currency of the auction.
    static String of(List<LedgerEntry> bids) {
        StringWriter text = new StringWriter(256 * bids.size());
        try (JsonGenerator json = JsonStreams.generator(text)) {
            json.writeStartArray();
            for (LedgerEntry entry : bids) {
                Bid bid = entry.bid();
                json.writeStartObject();
                json.writeNumberProperty("n", entry.number());
                json.writeStringProperty("k", bid.key());
                json.writeStringProperty("b", bid.bidderId().value());
                json.writeNumberProperty("a", bid.amount().minorUnits());
                json.writeStringProperty("c", bid.amount().currency().getCurrencyCode());
                json.writeBooleanProperty("y", bid.buyNow());
                json.writeStringProperty("t", bid.receivedAt().toString());
                json.writeNumberProperty("p", entry.price().minorUnits());
                json.writeStringProperty("l", entry.leaderId().value());
                json.writeNumberProperty("m", entry.minimumBid().minorUnits());
                json.writeBooleanProperty("r", entry.reserveMet());
                json.writeStringProperty("e", entry.endsAt().toString());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        return text.toString();
    }

    /// @throws tools.jackson.core.JacksonException when the text is not JSON
    /// @throws IllegalArgumentException when it has no bids
    static List<LedgerEntry> bids(String page) {
        List<LedgerEntry> bids = new ArrayList<>();
        try (JsonParser json = JsonStreams.parser(page)) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw new IllegalArgumentException("a page of bids is a list");
            }
            while (json.nextToken() != JsonToken.END_ARRAY) {
                bids.add(bid(json));
            }
        }
        return bids;
    }

    private static LedgerEntry bid(JsonParser json) {
        long number = 0;
        String key = null;
        UserId bidder = null;
        long amount = 0;
        Currency currency = null;
        boolean buyNow = false;
        Instant receivedAt = null;
        long price = 0;
        UserId leader = null;
        long minimumBid = 0;
        boolean reserveMet = false;
        Instant endsAt = null;
        for (String name = first(json); name != null; name = next(json)) {
            switch (name) {
                case "n" -> number = json.getLongValue();
                case "k" -> key = json.getString();
                case "b" -> bidder = new UserId(json.getString());
                case "a" -> amount = json.getLongValue();
                case "c" -> currency = Currency.getInstance(json.getString());
                case "y" -> buyNow = json.getBooleanValue();
                case "t" -> receivedAt = Instant.parse(json.getString());
                case "p" -> price = json.getLongValue();
                case "l" -> leader = new UserId(json.getString());
                case "m" -> minimumBid = json.getLongValue();
                case "r" -> reserveMet = json.getBooleanValue();
                case "e" -> endsAt = Instant.parse(json.getString());
                default -> json.skipChildren();
            }
        }
        Currency unit = there(currency, "c");
        Bid bid = new Bid(there(key, "k"), there(bidder, "b"), new Money(amount, unit), buyNow, there(receivedAt, "t"));
        return new LedgerEntry(
                number,
                bid,
                new Money(price, unit),
                there(leader, "l"),
                new Money(minimumBid, unit),
                reserveMet,
                there(endsAt, "e"));
    }

    /// The name of the first member of an object, standing at its value; null when there is none.
    private static @Nullable String first(JsonParser json) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("an object is missing at " + json.currentLocation());
        }
        return next(json);
    }

    /// The next member that is not null.
    private static @Nullable String next(JsonParser json) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            if (json.nextToken() != JsonToken.VALUE_NULL) {
                return name;
            }
        }
        return null;
    }

    private static <T> T there(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalArgumentException("the state lacks " + name);
        }
        return value;
    }
}
