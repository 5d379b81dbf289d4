package chat.parley.protocol;

import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a client's frame under the names that requests use, each with its JSON kind, before anything is made
 * of it. JSON-B coerces in silence what is of the wrong kind and takes the last of two equal keys, so it is asked
 * only when this has been looked at. Having read a frame also means that it is one well-formed JSON object and
 * nothing else (RFC 8259).
 */
final class ClientFrame {
    private static final String[] NAMES = {"type", "id", "room", "content", "since", "epoch", "limit", "before", "after"
    };

    /** As many characters as the longest integers have, sign included. */
    private static final int MAX_DIGITS = 20;

    /** Of each name in {@link #NAMES}: null if it is absent, or there as JSON null. */
    private final @Nullable Event[] kinds = new Event[NAMES.length];

    private final @Nullable String[] texts = new String[NAMES.length];
    private final boolean[] seen = new boolean[NAMES.length];
    private final boolean[] twice = new boolean[NAMES.length];

    private ClientFrame() {}

    /**
     * Reads a frame.
     *
     * @throws Refusal if it is not one JSON object
     */
    static ClientFrame read(String text) throws Refusal {
        ClientFrame frame = new ClientFrame();
        try (JsonParser parser = JsonCodec.parser(new StringReader(text))) {
            if (parser.next() != Event.START_OBJECT) {
                throw Refusal.frame("The frame is not a JSON object.");
            }
            frame.readFields(parser);
            if (parser.hasNext()) {
                throw Refusal.frame("The frame has more than one JSON value.");
            }
        } catch (RuntimeException notJson) { // which one is the provider's choice
            throw Refusal.frame("The frame is not JSON.");
        }
        return frame;
    }

    private void readFields(JsonParser parser) {
        while (parser.next() != Event.END_OBJECT) {
            int i = indexOf(parser.getString());
            Event kind = parser.next();
            if (i >= 0) {
                keep(i, kind, parser);
            }
            passOver(kind, parser);
        }
    }

    private void keep(int i, Event kind, JsonParser parser) {
        twice[i] = seen[i];
        seen[i] = true;
        kinds[i] = kind == Event.VALUE_NULL ? null : kind;
        texts[i] = kind == Event.VALUE_STRING || kind == Event.VALUE_NUMBER ? parser.getString() : null;
    }

    /** Not {@code skipArray}: at the end of an array that is never closed, Parsson 1.1.7 spins for ever. */
    private static void passOver(Event start, JsonParser parser) {
        int depth = depthChange(start);
        while (depth > 0) {
            depth += depthChange(parser.next());
        }
    }

    private static int depthChange(Event event) {
        return switch (event) {
            case START_ARRAY, START_OBJECT -> 1;
            case END_ARRAY, END_OBJECT -> -1;
            default -> 0;
        };
    }

    private static int indexOf(String name) {
        for (int i = 0; i < NAMES.length; i++) {
            if (NAMES[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * The string of that name, null if absent.
     *
     * @throws Refusal if it is of another kind, stands twice, or has an unpaired surrogate
     */
    @Nullable String string(String name) throws Refusal {
        int i = only(name);
        if (kinds[i] == null) {
            return null;
        }
        String text = texts[i];
        if (kinds[i] != Event.VALUE_STRING || text == null) {
            throw Refusal.field(name, "The field " + name + " must be a string.");
        }
        if (!Utf8.isWellFormed(text)) {
            throw Refusal.field(name, "The field " + name + " has half of a surrogate pair.");
        }
        return text;
    }

    /**
     * The integer of that name, null if absent. An integer is written without fraction and exponent.
     *
     * @throws Refusal if it is of another kind, stands twice, or is out of range
     */
    @Nullable Long integer(String name, long min, long max) throws Refusal {
        int i = only(name);
        if (kinds[i] == null) {
            return null;
        }
        String text = texts[i];
        if (kinds[i] == Event.VALUE_NUMBER && text != null && text.length() <= MAX_DIGITS) {
            try {
                long value = Long.parseLong(text);
                if (value >= min && value <= max) {
                    return value;
                }
            } catch (NumberFormatException notAnInteger) {
                // told below
            }
        }
        String range = max == Long.MAX_VALUE ? min + " or more" : "from " + min + " to " + max;
        throw Refusal.field(name, "The field " + name + " must be an integer, " + range + ".");
    }

    private int only(String name) throws Refusal {
        int i = indexOf(name);
        if (twice[i]) {
            throw Refusal.field(name, "The field " + name + " stands twice.");
        }
        return i;
    }
}
