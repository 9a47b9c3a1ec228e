package dev.gavel.live;

import dev.gavel.events.AuctionDelta;
import dev.gavel.events.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/// One message to a client, encoded once for everybody who gets it.
///
/// @param json a JSON object in UTF-8; not changed by anybody
/// @param sequence the sequence of the auction it brings its reader to; 0 when it brings them nowhere
record Message(byte[] json, long sequence) {

    static Message of(AuctionDelta delta) {
        return new Message(Json.MAPPER.writeValueAsBytes(delta), delta.sequence());
    }

    /// A message without a place in the sequence: its type, then names and values by turns.
    static Message of(String type, Object... members) {
        return new Message(json(type, members), 0);
    }

    static Message of(String type, Map<String, Object> members) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", type);
        object.putAll(members);
        return new Message(Json.MAPPER.writeValueAsBytes(object), 0);
    }

    static Message at(long sequence, String type, Object... members) {
        return new Message(json(type, members), sequence);
    }

    private static byte[] json(String type, Object... members) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", type);
        for (int i = 0; i + 1 < members.length; i += 2) {
            object.put((String) members[i], members[i + 1]);
        }
        return Json.MAPPER.writeValueAsBytes(object);
    }
}
