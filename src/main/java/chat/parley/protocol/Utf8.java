package chat.parley.protocol;

/** What a text is worth on the wire, told without encoding it. */
public final class Utf8 {
    private Utf8() {}

    /**
     * How many bytes the text has in UTF-8 (RFC 3629, section 3). An unpaired surrogate, which UTF-8 does not know,
     * counts 1: Java encodes it as a question mark.
     */
    public static int length(CharSequence text) {
        int chars = text.length();
        int bytes = chars;
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                continue;
            }
            if (c < 0x800) {
                bytes += 1;
            } else if (!Character.isSurrogate(c)) {
                bytes += 2;
            } else if (isPairAt(text, i)) {
                bytes += 2;
                i++;
            }
        }
        return bytes;
    }

    /** Whether every surrogate of the text has its other half, so that UTF-8 can carry it. */
    public static boolean isWellFormed(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!isPairAt(text, i)) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static boolean isPairAt(CharSequence text, int i) {
        return i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
    }
}
