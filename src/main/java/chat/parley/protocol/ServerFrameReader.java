package chat.parley.protocol;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a server says, also one that is newer than the client: fields that are not known are passed over, and
 * messages that are not, or that lack what they must have, become {@link ServerMessage.Unknown} (protocol, sections 1
 * and 2).
 */
final class ServerFrameReader {
    private static final Map<String, Class<? extends ServerMessage>> TYPES = Arrays.stream(
                    Objects.requireNonNull(ServerMessage.class.getAnnotation(JsonbTypeInfo.class))
                            .value())
            .collect(Collectors.toUnmodifiableMap(
                    JsonbSubtype::alias, subtype -> subtype.type().asSubclass(ServerMessage.class)));

    /** The components of each record that may not be null; to look them up is slow. */
    private static final Map<Class<? extends ServerMessage>, List<Method>> REQUIRED =
            TYPES.values().stream().collect(Collectors.toUnmodifiableMap(type -> type, ServerFrameReader::required));

    private ServerFrameReader() {}

    /** The messages of a frame in either form. Never throws; what is not JSON is one unknown message. */
    static List<ServerMessage> read(String frame) {
        JsonValue value;
        try {
            value = JsonCodec.parse(frame);
        } catch (RuntimeException notJson) { // which one is the provider's choice
            value = JsonValue.NULL;
        }
        return value instanceof JsonArray array
                ? array.stream().map(ServerFrameReader::message).toList()
                : List.of(message(value));
    }

    private static ServerMessage message(JsonValue value) {
        if (!(value instanceof JsonObject object)) {
            return new ServerMessage.Unknown(null, null, null, 0);
        }
        String type = string(object, "type");
        Class<? extends ServerMessage> record = type == null ? null : TYPES.get(type);
        if (record != null) {
            try {
                ServerMessage known = JsonCodec.fromJson(withoutEvents(object).toString(), record);
                if (isComplete(known)) {
                    return known instanceof ServerMessage.History page ? withEvents(page, object) : known;
                }
            } catch (RuntimeException notThatType) {
                // told below
            }
        }
        Long timestamp = integer(object, "timestamp");
        return new ServerMessage.Unknown(
                type, string(object, "room"), integer(object, "seq"), timestamp == null ? 0 : timestamp);
    }

    /** JSON-B would make of an event of a later type what it is not, so the events of a page are read one by one. */
    private static JsonObject withoutEvents(JsonObject object) {
        return object.get("messages") instanceof JsonArray
                ? JsonCodec.with(object, "messages", JsonValue.EMPTY_JSON_ARRAY)
                : object;
    }

    private static ServerMessage withEvents(ServerMessage.History page, JsonObject object) {
        List<ServerMessage> events = object.getJsonArray("messages").stream()
                .map(ServerFrameReader::message)
                .toList();
        return new ServerMessage.History(page.id(), page.room(), page.more(), page.first(), page.timestamp(), events);
    }

    /** Whether nothing is null that may not be: JSON-B leaves absent components null without a word. */
    private static boolean isComplete(ServerMessage message) {
        return REQUIRED.getOrDefault(message.getClass(), List.of()).stream()
                .allMatch(component -> valueOf(component, message) != null);
    }

    private static List<Method> required(Class<? extends ServerMessage> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> !component.getAnnotatedType().isAnnotationPresent(Nullable.class))
                .map(RecordComponent::getAccessor)
                .toList();
    }

    private static @Nullable Object valueOf(Method component, ServerMessage message) {
        try {
            return component.invoke(message);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a public record's component can be read", e);
        }
    }

    private static @Nullable String string(JsonObject object, String name) {
        return object.get(name) instanceof JsonString string ? string.getString() : null;
    }

    private static @Nullable Long integer(JsonObject object, String name) {
        try {
            return object.get(name) instanceof JsonNumber number ? (Long) number.longValueExact() : null;
        } catch (ArithmeticException | UnsupportedOperationException | NumberFormatException notAnInteger) {
            return null;
        }
    }
}
