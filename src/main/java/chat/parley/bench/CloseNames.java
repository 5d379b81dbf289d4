package chat.parley.bench;

import chat.parley.protocol.CloseCode;
import java.util.Locale;

/** Close codes in words. */
final class CloseNames {
    private CloseNames() {}

    /** Such as {@code 4513 too slow}; the code alone when nobody named it. */
    static String of(int code) {
        if (code == Receiver.CUT) {
            return code + " cut";
        }
        if (code == Receiver.NO_CODE) {
            return code + " no code";
        }
        for (CloseCode known : CloseCode.values()) {
            if (known.code() == code) {
                return code + " " + known.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            }
        }
        return Integer.toString(code);
    }
}
