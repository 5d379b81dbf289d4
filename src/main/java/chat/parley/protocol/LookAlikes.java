package chat.parley.protocol;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.SpoofChecker;
import java.util.Locale;

/** What the eye makes of a text. Loading this class loads ICU's tables; it happens with the first name. */
final class LookAlikes {
    private static final SpoofChecker TABLES =
            new SpoofChecker.Builder().setChecks(SpoofChecker.CONFUSABLE).build();

    /** Every round maps towards prototypes, so it ends soon; the bound is for tables to come. */
    private static final int MAX_ROUNDS = 8;

    private LookAlikes() {}

    /**
     * The TR 39 skeleton, taken again of its own lower case until nothing changes. The repetition is because some
     * prototypes are capitals: the skeleton of {@code b0b} is {@code bOb}, and without it would differ from that of
     * {@code bob}. Whatever TR 39 holds for alike stays alike.
     */
    static String skeleton(String name) {
        String before = TABLES.getSkeleton(name);
        for (int round = 0; round < MAX_ROUNDS; round++) {
            String after = TABLES.getSkeleton(before.toLowerCase(Locale.ROOT));
            if (after.equals(before)) {
                break;
            }
            before = after;
        }
        return before;
    }

    static boolean hasUnseen(String text) {
        return text.codePoints().anyMatch(c -> UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT));
    }
}
