package chat.parley.protocol;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonConfig;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The messages as JSON and back: the home of JSON-B. Holds nothing that changes; every method may be called from
 * every thread.
 */
public final class JsonCodec {
    private static final Jsonb JSONB = inOwnClassLoader(JsonbBuilder::create);

    /**
     * Parsson refuses more than 1000 levels unless told otherwise. Nothing here recurses, so the depth needs no bound
     * of its own: the frame has one. Other providers ignore the key.
     */
    private static final JsonParserFactory PARSERS =
            inOwnClassLoader(() -> Json.createParserFactory(Map.of("org.eclipse.parsson.maxDepth", Integer.MAX_VALUE)));

    private static final JsonReaderFactory STRICT_READERS = inOwnClassLoader(
            () -> Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE)));

    private static final JsonReaderFactory READERS = inOwnClassLoader(() -> Json.createReaderFactory(Map.of()));

    private static final JsonBuilderFactory BUILDERS = inOwnClassLoader(() -> Json.createBuilderFactory(Map.of()));

    private JsonCodec() {}

    /** The message as UTF-8, the way it travels. */
    public static byte[] encode(ServerMessage message) {
        return toJson(message).getBytes(StandardCharsets.UTF_8);
    }

    /** The message as it travels. */
    public static String toJson(ServerMessage message) {
        if (message instanceof ServerMessage.Unknown) {
            throw new IllegalArgumentException("what was not understood cannot be said");
        }
        String known = HotJson.write(message);
        return known != null ? known : JSONB.toJson(message);
    }

    /** The message as it travels. */
    public static String toJson(ClientMessage message) {
        if (message instanceof ClientMessage.Undecodable) {
            throw new IllegalArgumentException("what could not be decoded cannot be said");
        }
        return JSONB.toJson(message);
    }

    /**
     * A page of history whose events are encoded already: the same bytes as if the page were encoded with them in it.
     *
     * @param head the page without its messages
     * @param messages the events, each as {@link #encode} gave it, ascending
     */
    public static byte[] historyPage(ServerMessage.History head, List<byte[]> messages) {
        if (!head.messages().isEmpty()) {
            throw new IllegalArgumentException("the head of a page has no messages");
        }
        return ArrayTail.fill(encode(head), messages);
    }

    /**
     * What a client's frame says. Never throws and never returns null: what is wrong with a frame is in the
     * {@link ClientMessage.Undecodable} it becomes, with its id and room where the frame is JSON and they are in
     * order.
     *
     * @param frame the text, as large as the container let it be
     * @param maxContentBytes the most bytes of UTF-8 a content may have; 0 for no limit
     */
    public static ClientMessage decode(String frame, int maxContentBytes) {
        ClientFrame fields;
        try {
            fields = ClientFrame.read(frame);
        } catch (Refusal refusal) {
            return refusal.toUndecodable(null, null);
        }
        try {
            Request request = requestOf(fields);
            request.check(fields, maxContentBytes);
            return request == Request.MESSAGE ? said(fields) : map(frame, request);
        } catch (Refusal refusal) {
            return refusal.toUndecodable(idOf(fields), roomOf(fields));
        }
    }

    private static Request requestOf(ClientFrame fields) throws Refusal {
        String type = fields.string("type");
        if (type == null) {
            throw Refusal.field("type", "The field type is missing.");
        }
        Request request = Request.of(type);
        if (request == null) {
            throw Refusal.field("type", "There is no request of type " + quote(type) + ".");
        }
        return request;
    }

    private static ClientMessage map(String frame, Request request) throws Refusal {
        ClientMessage message;
        try {
            message = JSONB.fromJson(frame, request.record());
        } catch (RuntimeException notThatRecord) { // not only JsonbException: Yasson lets others through
            throw Refusal.frame("The frame is not a message.");
        }
        return message;
    }

    /** Of the fields that were checked: most frames are this, and JSON-B would read the frame a second time. */
    private static ClientMessage said(ClientFrame fields) throws Refusal {
        String room = Objects.requireNonNull(fields.string("room"));
        String content = Objects.requireNonNull(fields.string("content"));
        return new ClientMessage.Message(room, Content.withNewlines(content), fields.string("id"));
    }

    private static @Nullable String idOf(ClientFrame fields) {
        try {
            return Rule.id(fields);
        } catch (Refusal unreadable) {
            return null;
        }
    }

    private static @Nullable String roomOf(ClientFrame fields) {
        try {
            return fields.string("room");
        } catch (Refusal unreadable) {
            return null;
        }
    }

    /** Long enough to find a typing mistake by. */
    private static String quote(String type) {
        int max = 32;
        return '"'
                + (type.codePointCount(0, type.length()) <= max
                        ? type
                        : type.substring(0, type.offsetByCodePoints(0, max)) + "...")
                + '"';
    }

    /** For reading what JSON-B is not asked about. */
    static JsonParser parser(Reader text) {
        return PARSERS.createParser(text);
    }

    /** The text as a tree. */
    static JsonValue parse(String text) {
        try (JsonReader reader = READERS.createReader(new StringReader(text))) {
            return reader.readValue();
        }
    }

    /** The text as a tree, if that is all of it and names nothing twice (RFC 8259, section 4): two readers see the same. */
    static JsonValue parseStrictly(String text) {
        JsonValue value;
        try (JsonReader reader = STRICT_READERS.createReader(new StringReader(text))) {
            value = reader.readValue();
        }
        try (JsonParser again = parser(new StringReader(text))) { // a reader does not look at what follows
            if (again.next() == JsonParser.Event.START_OBJECT) {
                again.skipObject();
            }
            if (again.hasNext()) {
                throw new JsonException("something follows");
            }
        }
        return value;
    }

    /** The object with another value of one field. */
    static JsonObject with(JsonObject object, String name, JsonValue value) {
        return BUILDERS.createObjectBuilder(object).add(name, value).build();
    }

    static <T extends ServerMessage> T fromJson(String text, Class<T> type) {
        return JSONB.fromJson(text, type);
    }

    static <T extends Record> T recordFromJson(String text, Class<T> type) {
        return JSONB.fromJson(text, type);
    }

    static String recordToJson(Record body) {
        return JSONB.toJson(body);
    }

    /**
     * The providers are looked up by the thread's class loader, and in a container the first thread to come by may
     * have any; the one that loaded Parley sees the providers that came with it.
     */
    private static <T> T inOwnClassLoader(Supplier<T> make) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(JsonCodec.class.getClassLoader());
        try {
            return make.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
