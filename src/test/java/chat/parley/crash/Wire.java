package chat.parley.crash;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.List;

/** Frames to write and to read. What is written needs no escapes. */
final class Wire {

    private static final JsonProvider JSON = JsonProvider.provider();

    private Wire() {}

    static String message(String room, String id, String content) {
        return head("message", room, id) + ",\"content\":\"" + content + "\"}";
    }

    static String join(String room, String id, int limit) {
        return head("join", room, id) + ",\"limit\":" + limit + "}";
    }

    static String resume(String room, String id, long since, String epoch) {
        return head("join", room, id) + ",\"since\":" + since + ",\"epoch\":\"" + epoch + "\"}";
    }

    static String history(String room, String id, long after) {
        return head("history", room, id) + ",\"after\":" + after + ",\"limit\":200}";
    }

    /** The objects of a frame, in either form. */
    static List<JsonObject> objects(String frame) {
        JsonValue value = JSON.createReader(new StringReader(frame)).readValue();
        return value instanceof JsonArray array ? array.getValuesAs(JsonObject.class) : List.of(value.asJsonObject());
    }

    private static String head(String type, String room, String id) {
        return "{\"type\":\"" + type + "\",\"room\":\"" + room + "\",\"id\":\"" + id + "\"";
    }
}
