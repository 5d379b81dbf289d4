package chat.parley.protocol;

/**
 * Why a connection ended: RFC 6455, section 7.4.1, and Parley's own in 44xx (stay away until something is changed)
 * and 45xx (come back).
 */
public enum CloseCode {
    /** As asked. */
    NORMAL(1000),
    /** The server shuts down. */
    GOING_AWAY(1001),
    /** The peer broke RFC 6455. */
    PROTOCOL_ERROR(1002),
    /** A binary frame. */
    NOT_TEXT(1003),
    /** Text that is not UTF-8. */
    BAD_UTF8(1007),
    /** A frame larger than allowed. */
    TOO_BIG(1009),
    /** Something broke in the server. */
    SERVER_ERROR(1011),
    /** The server is full. */
    TRY_LATER(1013),
    /** A name that cannot be. */
    BAD_NAME(4400),
    /** Not, or no longer, signed in. */
    UNAUTHENTICATED(4401),
    /** Banned, or not allowed in. */
    FORBIDDEN(4403),
    /** The name belongs to somebody else. */
    NAME_TAKEN(4409),
    /** Too many connections of this user, or too many guest names from this address. */
    TOO_MANY_CONNECTIONS(4410),
    /** Nothing was heard for too long. */
    SILENT(4508),
    /** A write did not finish in time, or the replies asked for exceed their bound. */
    TOO_SLOW(4513),
    /** Went on sending far over the rate limit. */
    FLOOD(4529);

    private final int code;

    CloseCode(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }
}
