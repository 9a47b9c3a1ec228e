package dev.gavel.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class AsyncApiTest {

    private static final String MESSAGES = "#/components/messages/";

    @Test
    void everyEventIsListedWithItsSchemaAndNothingElseIs() {
        assertThat(problems(Contract.asyncApi())).isEmpty();
    }

    @Test
    void aMissingMessageIsNoticed() {
        JsonNode api = Contract.asyncApi();
        ((ObjectNode) api.at("/components/messages")).remove("AuctionOpened");

        assertThat(problems(api)).anyMatch(problem -> problem.contains("AuctionOpened is not listed"));
    }

    @Test
    void aMessageNobodyPublishesIsNoticed() {
        JsonNode api = Contract.asyncApi();
        ObjectNode messages = (ObjectNode) api.at("/components/messages");
        messages.set("AuctionForgotten", messages.path("AuctionOpened").deepCopy());

        assertThat(problems(api)).contains("AuctionForgotten is no event of the catalogue");
    }

    @Test
    void theSchemaOfAnotherVersionIsNoticed() {
        JsonNode api = Contract.asyncApi();
        ((ObjectNode) api.at("/components/messages/AuctionOpened/payload/schema"))
                .put("$ref", "src/main/resources/schemas/auction.opened/0.9.json");

        assertThat(problems(api)).anyMatch(problem -> problem.contains("AuctionOpened must refer to"));
    }

    @Test
    void aMessageInTheChannelOfAnotherBrokerIsNoticed() {
        JsonNode api = Contract.asyncApi();
        ObjectNode accounts = (ObjectNode) api.at("/channels/accounts/messages");
        accounts.set("AuctionOpened", api.at("/channels/auctions/messages/AuctionOpened"));

        assertThat(problems(api)).contains("AuctionOpened must be in exactly one channel");
    }

    private static List<String> problems(JsonNode api) {
        List<String> problems = new ArrayList<>();
        Set<String> known = new TreeSet<>();
        for (Class<? extends MarketEvent> event : EventCatalog.TYPES.values()) {
            String name = event.getSimpleName();
            known.add(name);
            JsonNode message = api.at("/components/messages").path(name);
            if (message.isMissingNode()) {
                problems.add(name + " is not listed");
                continue;
            }
            if (!message.path("name").asString().equals(EventCatalog.type(event))) {
                problems.add(name + " must be named " + EventCatalog.type(event));
            }
            String schema = "src/main/resources/schemas/" + Contract.schemaPath(event);
            if (!message.at("/payload/schema/$ref").asString().equals(schema)) {
                problems.add(name + " must refer to " + schema);
            }
            // What travels by a queue has no headers.
            String trait = event == NoticeEvent.NoticeQueued.class ? "CloudEventStructured" : "CloudEventKafkaBinary";
            if (!message.at("/traits/0/$ref").asString().equals("#/components/messageTraits/" + trait)) {
                problems.add(name + " must have the headers of a CloudEvent");
            }
            if (channels(api, name) != 1) {
                problems.add(name + " must be in exactly one channel");
            }
        }
        for (String name : api.at("/components/messages").propertyNames()) {
            if (!known.contains(name)) {
                problems.add(name + " is no event of the catalogue");
            }
        }
        return problems;
    }

    private static int channels(JsonNode api, String name) {
        int channels = 0;
        for (JsonNode channel : api.path("channels")) {
            if (channel.path("messages").path(name).path("$ref").asString("").equals(MESSAGES + name)) {
                channels++;
            }
        }
        return channels;
    }
}
