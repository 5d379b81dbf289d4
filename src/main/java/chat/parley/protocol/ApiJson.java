package chat.parley.protocol;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** The bodies of HTTP requests and answers: public records as JSON objects. Every method may be called from every thread. */
public final class ApiJson {

    /** A body that is not what was asked for; the message is a sentence for people. */
    public static final class BadBodyException extends Exception {
        private static final long serialVersionUID = 1L;

        BadBodyException(String why) {
            super(why);
        }
    }

    private ApiJson() {}

    /**
     * What a body says. JSON-B coerces in silence, so the kind of each field is looked at first; fields that the record
     * does not have are passed over, those that are absent are null.
     *
     * @param type a public record whose components are all strings or {@code Long}s
     * @throws BadBodyException if it is no JSON object, or a field is no string, or no whole number
     */
    public static <T extends Record> T read(String text, Class<T> type) throws BadBodyException {
        JsonObject object = object(text);
        for (RecordComponent component : type.getRecordComponents()) {
            JsonValue field = object.getOrDefault(component.getName(), JsonValue.NULL);
            boolean isNumber = component.getType() == Long.class;
            if (!JsonValue.NULL.equals(field) && !(isNumber ? isWhole(field) : isText(field))) {
                throw new BadBodyException(
                        "The field " + component.getName() + " must be a " + (isNumber ? "whole number." : "string."));
            }
        }
        try {
            return JsonCodec.recordFromJson(object.toString(), type);
        } catch (RuntimeException notThatRecord) {
            throw new BadBodyException("The body is not what is asked for here.");
        }
    }

    private static boolean isText(JsonValue field) {
        return field instanceof JsonString string && Utf8.isWellFormed(string.getString());
    }

    private static boolean isWhole(JsonValue field) {
        if (!(field instanceof JsonNumber number)) {
            return false;
        }
        try {
            return number.bigDecimalValue().equals(BigDecimal.valueOf(number.longValueExact()));
        } catch (ArithmeticException e) {
            return false;
        }
    }

    /**
     * For a request that has nothing to say: its body is an object all the same.
     *
     * @throws BadBodyException if it is no JSON object
     */
    public static void check(String text) throws BadBodyException {
        JsonObject unused = object(text);
    }

    private static JsonObject object(String text) throws BadBodyException {
        JsonValue value;
        try {
            value = JsonCodec.parseStrictly(text);
        } catch (RuntimeException notJson) { // which one is the provider's choice
            throw new BadBodyException("The body is not JSON, or names a field twice.");
        }
        if (!(value instanceof JsonObject object)) {
            throw new BadBodyException("The body is not a JSON object.");
        }
        return object;
    }

    /** A record as UTF-8, without what is null. */
    public static byte[] write(Record body) {
        return JsonCodec.recordToJson(body).getBytes(StandardCharsets.UTF_8);
    }
}
