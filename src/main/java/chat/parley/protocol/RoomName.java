package chat.parley.protocol;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import java.text.Normalizer;
import java.util.Locale;

/**
 * The name of a room in its one canonical form (protocol, section 6): 1 to 64 characters (code points) after NFKC and
 * lower case; letters, digits, {@code .}, {@code _} and {@code -}. Combining marks may follow a letter, because the
 * words of many scripts are written with them (the vowel signs of Devanagari or Thai, the points of Hebrew);
 * characters that are not seen, the joiners among them, may not. {@code @} in front is reserved for direct
 * conversations.
 *
 * <p>The canonical form of a canonical form is itself, so two names are the same room exactly if their values are
 * equal.
 *
 * @param value the canonical form
 */
public record RoomName(String value) {
    private static final int MAX_CODE_POINTS = 64;

    /** Longer texts are refused unread. Composing shrinks a text, but not sixteenfold. */
    private static final int MAX_RAW_CHARS = 16 * MAX_CODE_POINTS;

    /** Two rounds settle all of Unicode 15; what moves on after four is refused. */
    private static final int MAX_ROUNDS = 4;

    /**
     * For a value that is canonical already; {@link #parse} is for texts of all kinds.
     *
     * @throws IllegalArgumentException if it is not canonical
     */
    public RoomName {
        try {
            if (!canonical(value).equals(value)) {
                throw new IllegalArgumentException("not the canonical form of a room name");
            }
        } catch (BadNameException e) {
            throw new IllegalArgumentException(e.why(), e);
        }
    }

    /**
     * The room that a text names.
     *
     * @throws BadNameException if it names none; {@link BadNameException#why()} says why not
     */
    public static RoomName parse(String text) throws BadNameException {
        return new RoomName(canonical(text));
    }

    @Override
    public String toString() {
        return value;
    }

    private static String canonical(String text) throws BadNameException {
        if (isPlain(text)) {
            return text;
        }
        if (text.isEmpty()) {
            throw new BadNameException("A room name has at least one character.");
        }
        if (text.length() > MAX_RAW_CHARS) {
            throw tooLong();
        }
        String name = settled(text);
        if (name.codePointCount(0, name.length()) > MAX_CODE_POINTS) {
            throw tooLong();
        }
        if (name.startsWith("@")) {
            throw new BadNameException("A name with @ in front is reserved for direct conversations.");
        }
        checkCharacters(name);
        return name;
    }

    /** Nearly every name that is looked up is lower-case ASCII, which is canonical as it stands. */
    private static boolean isPlain(String text) {
        if (text.isEmpty() || text.length() > MAX_CODE_POINTS) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || isPunctuation(c))) {
                return false;
            }
        }
        return true;
    }

    /** Lower case can undo NFKC and the other way round, so both are repeated until nothing changes. */
    private static String settled(String text) throws BadNameException {
        String before = text;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            String after = Normalizer.normalize(before, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
            if (after.equals(before)) {
                return after;
            }
            before = after;
        }
        throw new BadNameException("A room name must have one stable lower-case form.");
    }

    private static void checkCharacters(String name) throws BadNameException {
        boolean afterLetter = false;
        for (int i = 0; i < name.length(); ) {
            int c = name.codePointAt(i);
            i += Character.charCount(c);
            boolean letter = Character.isLetter(c) || afterLetter && isMark(c);
            if (!(letter || Character.isDigit(c) || isPunctuation(c)) || isUnseen(c)) {
                throw new BadNameException("A room name has only letters, digits, and the signs . _ -");
            }
            afterLetter = letter;
        }
    }

    private static boolean isPunctuation(int c) {
        return c == '.' || c == '_' || c == '-';
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    /** Some letters and marks show nothing (the Hangul fillers, the variation selectors). ASCII does not wake ICU. */
    private static boolean isUnseen(int c) {
        return c >= 0x80 && UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
    }

    private static BadNameException tooLong() {
        return new BadNameException("A room name has at most " + MAX_CODE_POINTS + " characters.");
    }
}
