package chat.parley.protocol;

import rocks.xmpp.precis.PrecisProfile;
import rocks.xmpp.precis.PrecisProfiles;

/**
 * The name of a user in its one canonical form (protocol, section 6): 1 to 32 characters (code points) after the
 * PRECIS profile UsernameCaseMapped (RFC 8265, section 3.3), which also decides what may stand in it. It is always
 * shown in this form. Beyond PRECIS, a name does not begin with a combining mark, which would cling to whatever
 * stands before it on a page, and holds no character that is not seen.
 *
 * <p>Equal values are the same name; equal {@link #skeleton() skeletons} look the same. Reading the first name of a
 * process loads Unicode tables, which takes some tenths of a second.
 *
 * @param value the canonical form
 */
public record UserName(String value) {
    private static final int MAX_CODE_POINTS = 32;

    /** Longer texts are refused unread. Composing shrinks a text, but not sixteenfold. */
    private static final int MAX_RAW_CHARS = 16 * MAX_CODE_POINTS;

    /** RFC 8264, section 7: rules are applied again until nothing changes, at most three more times. */
    private static final int MAX_ROUNDS = 4;

    /**
     * For a value that is canonical already; {@link #parse} is for texts of all kinds.
     *
     * @throws IllegalArgumentException if it is not canonical
     */
    public UserName {
        try {
            if (!canonical(value).equals(value)) {
                throw new IllegalArgumentException("not the canonical form of a user name");
            }
        } catch (BadNameException e) {
            throw new IllegalArgumentException(e.why(), e);
        }
    }

    /**
     * The name that a text spells.
     *
     * @throws BadNameException if it spells none; {@link BadNameException#why()} says why not
     */
    public static UserName parse(String text) throws BadNameException {
        return new UserName(canonical(text));
    }

    /**
     * What the name looks like (Unicode TR 39, section 4): names of equal skeletons can be taken for each other. It
     * is made for comparing only, is never shown, and may differ between versions of Parley. Some microseconds of
     * work: keep it.
     */
    public String skeleton() {
        return LookAlikes.skeleton(value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static String canonical(String text) throws BadNameException {
        if (text.isEmpty()) {
            throw new BadNameException("A name has at least one character.");
        }
        if (text.length() > MAX_RAW_CHARS) {
            throw tooLong();
        }
        String name = settled(text);
        if (name.codePointCount(0, name.length()) > MAX_CODE_POINTS) {
            throw tooLong();
        }
        int first = Character.getType(name.codePointAt(0));
        if (first == Character.NON_SPACING_MARK || first == Character.COMBINING_SPACING_MARK) {
            throw new BadNameException("A name does not begin with a combining mark.");
        }
        if (LookAlikes.hasUnseen(name)) {
            throw new BadNameException("A name has no invisible characters.");
        }
        return name;
    }

    private static String settled(String text) throws BadNameException {
        PrecisProfile profile = PrecisProfiles.USERNAME_CASE_MAPPED;
        String before = text;
        try {
            for (int round = 0; round < MAX_ROUNDS; round++) {
                String after = profile.enforce(before);
                if (after.equals(before)) {
                    return after;
                }
                before = after;
            }
        } catch (IllegalArgumentException e) {
            throw new BadNameException(why(text));
        }
        throw new BadNameException("A name must have one stable lower-case form.");
    }

    /** The commonest mistakes by name; the library's own words name code points and rules that few people know. */
    private static String why(String text) {
        if (text.codePoints().anyMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c))) {
            return "A name has no spaces.";
        }
        if (text.codePoints().anyMatch(UserName::isPictureOrSign)) {
            return "A name has letters, digits and the signs of ASCII; no emoji, no other signs.";
        }
        return "A name has characters, or a mixture of writing directions, that names cannot have (RFC 8265).";
    }

    private static boolean isPictureOrSign(int c) {
        return c >= 0x80 && !Character.isLetterOrDigit(c) && !Character.isISOControl(c);
    }

    private static BadNameException tooLong() {
        return new BadNameException("A name has at most " + MAX_CODE_POINTS + " characters.");
    }
}
