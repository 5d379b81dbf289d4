package chat.parley.it;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/** Requests to write and objects to look for. */
final class Wire {

    private static final JsonProvider JSON = JsonProvider.provider();

    private static final int BRIEF = 300; // characters

    private Wire() {}

    /** A request of a type, to be filled. */
    static JsonObjectBuilder request(String type) {
        return JSON.createObjectBuilder().add("type", type);
    }

    /** A request of a type about a room, to be filled. */
    static JsonObjectBuilder request(String type, String room) {
        return request(type).add("room", room);
    }

    static String message(String room, String id, String content) {
        return request("message", room)
                .add("id", id)
                .add("content", content)
                .build()
                .toString();
    }

    /** The objects of a frame, in either form. */
    static List<JsonObject> objects(String frame) {
        JsonValue value = JSON.createReader(new StringReader(frame)).readValue();
        return value instanceof JsonArray array ? array.getValuesAs(JsonObject.class) : List.of(value.asJsonObject());
    }

    static JsonObject withoutContent(JsonObject object) {
        return JSON.createObjectBuilder(object).remove("content").build();
    }

    /** What a failure tells of an object. */
    static String brief(JsonObject object) {
        String text = object.toString();
        return text.length() <= BRIEF ? text : text.substring(0, BRIEF) + "...";
    }

    static Predicate<JsonObject> type(String type) {
        return object -> type.equals(object.getString("type", ""));
    }

    static Predicate<JsonObject> type(String type, String room) {
        return type(type).and(object -> room.equals(object.getString("room", "")));
    }

    /** The message with this id. */
    static Predicate<JsonObject> messageWith(String id) {
        return type("message").and(object -> id.equals(object.getString("id", "")));
    }

    /** What answers the request with this id; not the message that may have the same. */
    static Predicate<JsonObject> answer(String id) {
        return object ->
                id.equals(object.getString("id", "")) && !type("message").test(object);
    }

    static Predicate<JsonObject> from(String sender) {
        return object -> sender.equals(object.getString("sender", ""));
    }

    static Predicate<JsonObject> error(String code) {
        return type("error").and(object -> code.equals(object.getString("code", "")));
    }

    static long seq(JsonObject object) {
        return object.getJsonNumber("seq").longValueExact();
    }

    /** The seqs of a page of history. */
    static List<Long> seqs(JsonObject history) {
        return history.getJsonArray("messages").getValuesAs(JsonObject.class).stream()
                .map(Wire::seq)
                .toList();
    }

    /** The names on a page of members. */
    static List<String> names(JsonObject members) {
        return members.getJsonArray("members").getValuesAs(JsonString.class).stream()
                .map(JsonString::getString)
                .toList();
    }

    static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
