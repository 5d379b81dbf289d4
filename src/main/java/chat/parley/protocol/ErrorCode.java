package chat.parley.protocol;

import java.util.Locale;

/** Why a request was refused (protocol, section 4). */
public enum ErrorCode {
    /** Not JSON, not an object, unknown type, missing or ill-formed field. */
    BAD_MESSAGE(false),
    /** The content has more bytes than allowed. */
    TOO_LARGE(false),
    /** Not a room name. */
    BAD_ROOM(false),
    /** The connection is not in that room. */
    NOT_JOINED(false),
    /** The user may not do that. */
    FORBIDDEN(false),
    /** There is no such thing. */
    NOT_FOUND(false),
    /** The id was used for another message. */
    CONFLICT(false),
    /** The connection is in as many rooms as it may be. */
    TOO_MANY_ROOMS(false),
    /** Too many requests; says after how long to try again. */
    RATE_LIMITED(true),
    /** A queue or the room is full, or too many pages were asked at once. */
    BUSY(true),
    /** The store cannot be written or read now; the outcome of a message is unknown. */
    UNAVAILABLE(true),
    /** Something broke in the server; the outcome of a message is unknown. */
    INTERNAL(true);

    private final boolean temporary;

    ErrorCode(boolean temporary) {
        this.temporary = temporary;
    }

    /** Whether the same request may work later. */
    public boolean isTemporary() {
        return temporary;
    }

    /** The name on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
