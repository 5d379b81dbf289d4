package chat.parley.moderation;

import chat.parley.moderation.ModerationException.Reason;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What an admin gives as the reason. It goes into close frames, problems, the log and the audit, so it is one line that
 * looks as it was written.
 */
final class Reasons {

    static final int MOST_BYTES = 200;

    private Reasons() {}

    /** The reason that was given, without the space around it. */
    static String parse(@Nullable String written) throws ModerationException {
        String reason = written == null ? "" : written.strip();
        if (reason.isEmpty()) {
            throw refused("Say a reason: it is shown to whom it hits, and kept.");
        }
        if (reason.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw refused("A reason has at most " + MOST_BYTES + " bytes of UTF-8.");
        }
        if (reason.codePoints().anyMatch(Reasons::isUnfit)) {
            throw refused("A reason has no line breaks, no control characters and nothing that turns the text around.");
        }
        return reason;
    }

    private static boolean isUnfit(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            case Character.FORMAT -> isBidiControl(c);
            default -> false;
        };
    }

    /** Unicode Standard Annex 9, section 2. */
    private static boolean isBidiControl(int c) {
        return c == 0x061C || c == 0x200E || c == 0x200F || c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
    }

    private static ModerationException refused(String why) {
        return new ModerationException(Reason.BAD_REQUEST, why);
    }
}
