package chat.parley.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;

/**
 * Finds the fields that matter here in one JSON object, in place. Values of other fields and nested ones are passed
 * over; escapes are left as they are. Read again for each object; not for several threads.
 */
final class JsonObject {
    /** The fields that matter here. */
    enum Field {
        TYPE,
        ID,
        ROOM,
        SEQ,
        HEAD,
        CONTENT,
        CODE,
        FROM,
        TO,
        FIRST,
        EPOCH,
        RECOVERED,
        MESSAGES,
        SESSION;

        private static final Field[] ALL = values();
        private final byte[] key = name().toLowerCase(Locale.ROOT).getBytes(UTF_8);
    }

    private final int[] from = new int[Field.ALL.length];
    private final int[] to = new int[Field.ALL.length]; // 0: the field is absent
    private ByteBuffer frame = ByteBuffer.allocate(0);
    private int end; // of what may be read

    /**
     * Reads the object that begins here; returns the index behind it.
     *
     * @throws Malformed when there is none before {@code end}
     */
    int read(ByteBuffer frame, int start, int end) throws Malformed {
        this.frame = frame;
        this.end = end;
        Arrays.fill(to, 0);
        int at = token(expect('{', start));
        if (at(at) == '}') {
            return at + 1;
        }
        while (true) {
            int key = expect('"', at);
            int keyEnd = string(key);
            int value = token(expect(':', token(keyEnd + 1)));
            int valueEnd = value(value);
            keep(key, keyEnd, value, valueEnd);
            at = token(valueEnd);
            if (at(at) == '}') {
                return at + 1;
            }
            at = token(expect(',', at));
        }
    }

    boolean has(Field field) {
        return to[field.ordinal()] != 0;
    }

    /** Whether the field is exactly this. */
    boolean is(Field field, byte[] text) {
        int start = from[field.ordinal()];
        return has(field) && equal(start, to[field.ordinal()], text);
    }

    /** Where the value begins, behind the quote. */
    int from(Field field) {
        return from[field.ordinal()];
    }

    /** Where the value ends, before the quote; 0 when it is absent. */
    int to(Field field) {
        return to[field.ordinal()];
    }

    /** The value as a whole number from 0 on; 0 when it is absent. */
    long number(Field field) throws Malformed {
        long value = 0;
        for (int i = from(field); i < to(field); i++) {
            int digit = frame.get(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new Malformed("no number as " + field.name().toLowerCase(Locale.ROOT));
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** The value as it stands there. */
    String text(Field field) {
        byte[] bytes = new byte[Math.max(0, to(field) - from(field))];
        frame.get(from(field), bytes);
        return new String(bytes, UTF_8);
    }

    private void keep(int key, int keyEnd, int value, int valueEnd) {
        int quote = frame.get(value) == '"' ? 1 : 0;
        for (Field field : Field.ALL) {
            if (equal(key, keyEnd, field.key)) {
                from[field.ordinal()] = value + quote;
                to[field.ordinal()] = valueEnd - quote;
                return;
            }
        }
    }

    private boolean equal(int start, int stop, byte[] text) {
        if (stop - start != text.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (frame.get(start + i) != text[i]) {
                return false;
            }
        }
        return true;
    }

    /** The index behind a value. */
    private int value(int start) throws Malformed {
        int depth = 0;
        int i = start;
        while (true) {
            byte c = at(i);
            if (c == '"') {
                i = string(i + 1);
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (depth > 0 && (c == '}' || c == ']')) {
                depth--;
            } else if (depth == 0) {
                return plain(i);
            }
            i++;
            if (depth == 0) {
                return i;
            }
        }
    }

    /** The index behind a number, true, false or null. */
    private int plain(int start) throws Malformed {
        int i = start;
        while (at(i) > ' ' && at(i) != ',' && at(i) != '}' && at(i) != ']') {
            i++;
        }
        if (i == start) {
            throw new Malformed("a field without a value");
        }
        return i;
    }

    /** The index of the quote that ends the string whose text begins here. */
    private int string(int start) throws Malformed {
        int i = start;
        while (at(i) != '"') {
            i += at(i) == '\\' ? 2 : 1;
        }
        return i;
    }

    private int token(int start) throws Malformed {
        int i = start;
        while (at(i) == ' ' || at(i) == '\n' || at(i) == '\r' || at(i) == '\t') {
            i++;
        }
        return i;
    }

    private int expect(char c, int at) throws Malformed {
        if (at(at) != c) {
            throw new Malformed("an object without " + c + " where one belongs");
        }
        return at + 1;
    }

    private byte at(int index) throws Malformed {
        if (index >= end) {
            throw new Malformed("a frame that ends within an object");
        }
        return frame.get(index);
    }
}
