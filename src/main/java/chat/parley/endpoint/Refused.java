package chat.parley.endpoint;

import chat.parley.protocol.ErrorCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was refused.
 *
 * @param field the field at fault; null when it is none
 * @param why a sentence for people
 * @param retryAfterMs after how many milliseconds to try again; 0 when nobody knows
 */
record Refused(ErrorCode code, @Nullable String field, String why, long retryAfterMs) {

    static final Refused BROKEN = new Refused(ErrorCode.INTERNAL, null, "Something broke in the server; try again.", 0);

    static Optional<Refused> because(ErrorCode code, String why) {
        return Optional.of(new Refused(code, null, why, 0));
    }
}
