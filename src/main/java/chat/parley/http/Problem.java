package chat.parley.http;

import chat.parley.identity.AccountException;
import chat.parley.moderation.Ban;
import chat.parley.moderation.BannedException;
import chat.parley.moderation.ModerationException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was refused (RFC 9457).
 *
 * @param type a URI that stays the same for the same code; there is no page behind it
 * @param title the code in words
 * @param status the HTTP status
 * @param code what a program decides by
 * @param detail a sentence for people; of a ban, the reason that the admin gave
 * @param retryAfterMs after how many milliseconds to try again; null when nobody knows
 * @param until milliseconds since the Unix epoch when the ban ends; null for no end, or when it is not for that
 */
public record Problem(
        String type,
        String title,
        int status,
        String code,
        String detail,
        @Nullable Long retryAfterMs,
        @Nullable Long until) {

    /** What a container answered by itself, before anything here was asked; such as a request that is none. */
    public static Problem ofStatus(int status) {
        return switch (status) {
            case 404 -> of(status, "not_found", "There is nothing here.");
            case 405, 501 -> of(status, "method_not_allowed", "This cannot be done here.");
            case 413, 414, 431 -> of(status, "too_large", "The address or the headers are too long.");
            case 408 -> of(status, "request_timeout", "The request did not come in time.");
            default ->
                status < 500
                        ? of(status, "bad_request", "This is no request that can be understood.")
                        : of(status, "internal", "Something broke in the server; try again.");
        };
    }

    /** A problem with a code in lower case, words parted by underscores. */
    static Problem of(int status, String code, String detail) {
        return of(status, code, detail, null);
    }

    /** Nothing is done now, but soon. */
    static Problem unavailable(String detail, long retryAfterMs) {
        return of(503, "unavailable", detail, retryAfterMs);
    }

    /** What became of a request whose stage failed. */
    static Problem of(Throwable failure) {
        if (failure instanceof BannedException banned) {
            return of(banned.ban());
        }
        if (failure instanceof ModerationException refusal) {
            return of(refusal);
        }
        AccountException refusal = AccountException.of(failure);
        int status = switch (refusal.reason()) {
            case BAD_NAME, BAD_PASSWORD -> 400;
            case WRONG_CREDENTIALS, NOT_SIGNED_IN -> 401;
            case SWITCHED_OFF, GUESTS_CANNOT, NO_ACCOUNT -> 403;
            case NAME_KEPT, NAME_TAKEN -> 409;
            case RATE_LIMITED, TOO_MANY_NAMES -> 429;
            case BUSY, UNAVAILABLE -> 503;
        };
        String code = refusal.reason().name().toLowerCase(Locale.ROOT);
        long wait = refusal.retryAfterMillis();
        return of(status, code, String.valueOf(refusal.getMessage()), wait == 0 ? null : wait);
    }

    private static Problem of(ModerationException refusal) {
        int status = switch (refusal.reason()) {
            case BAD_REQUEST -> 400;
            case NOT_FOUND -> 404;
            case YOURSELF, IS_ADMIN, TOO_MANY_BANS -> 409;
        };
        return of(status, refusal.reason().name().toLowerCase(Locale.ROOT), String.valueOf(refusal.getMessage()));
    }

    private static Problem of(Ban ban) {
        return new Problem("urn:parley:problem:banned", "banned", 403, "banned", ban.reason(), null, ban.until());
    }

    private static Problem of(int status, String code, String detail, @Nullable Long retryAfterMs) {
        return new Problem(
                "urn:parley:problem:" + code, code.replace('_', ' '), status, code, detail, retryAfterMs, null);
    }
}
