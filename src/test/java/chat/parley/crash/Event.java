package chat.parley.crash;

import jakarta.json.JsonObject;

/** A message as somebody saw it, on the wire or in the file. */
record Event(String room, long seq, String id, String sender, String content) {

    static Event of(JsonObject message) {
        return new Event(
                message.getString("room"),
                message.getJsonNumber("seq").longValueExact(),
                message.getString("id"),
                message.getString("sender"),
                message.getString("content"));
    }
}
