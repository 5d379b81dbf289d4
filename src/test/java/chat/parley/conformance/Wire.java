package chat.parley.conformance;

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

/** Requests to write and objects to look for, as the page on the protocol has them. */
final class Wire {

    private static final JsonProvider JSON = JsonProvider.provider();

    private static final int BRIEF = 200; // characters

    private Wire() {}

    static JsonObjectBuilder object() {
        return JSON.createObjectBuilder();
    }

    /** A request of a type, to be filled. */
    static JsonObjectBuilder request(String type) {
        return object().add("type", type);
    }

    /** A request of a type about a room, to be filled. */
    static JsonObjectBuilder request(String type, String room) {
        return request(type).add("room", room);
    }

    /** A message to be sent as it is. */
    static String message(String room, String id, String content) {
        return request("message", room)
                .add("id", id)
                .add("content", content)
                .build()
                .toString();
    }

    /** A flat object of strings: keys and values in turn. */
    static String strings(String... fields) {
        JsonObjectBuilder body = object();
        for (int i = 0; i < fields.length; i += 2) {
            body.add(fields[i], fields[i + 1]);
        }
        return body.build().toString();
    }

    static JsonObject parse(String text) {
        return JSON.createReader(new StringReader(text)).readObject();
    }

    /** The objects of a frame, in either form. */
    static List<JsonObject> objects(String frame) {
        JsonValue value = JSON.createReader(new StringReader(frame)).readValue();
        return value instanceof JsonArray array ? array.getValuesAs(JsonObject.class) : List.of(value.asJsonObject());
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
        return number(object, "seq");
    }

    /** The seq of an event; 0 of everything else. */
    static long seqOf(JsonObject object) {
        return type("message").test(object) ? seq(object) : 0;
    }

    static long number(JsonObject object, String field) {
        return object.getJsonNumber(field).longValueExact();
    }

    static List<Long> seqs(List<JsonObject> messages) {
        return messages.stream().map(Wire::seq).toList();
    }

    /** The seqs of a page of history. */
    static List<Long> seqs(JsonObject history) {
        return seqs(history.getJsonArray("messages").getValuesAs(JsonObject.class));
    }

    /** The names on a page of members. */
    static List<String> names(JsonObject members) {
        return members.getJsonArray("members").getValuesAs(JsonString.class).stream()
                .map(JsonString::getString)
                .toList();
    }

    static List<String> strings(List<JsonObject> objects, String field) {
        return objects.stream().map(object -> object.getString(field)).toList();
    }

    static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
