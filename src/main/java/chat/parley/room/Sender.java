package chat.parley.room;

import chat.parley.protocol.CloseCode;
import chat.parley.protocol.Utf8;

/**
 * The seam to the transport of one connection.
 *
 * <p>Guarantees: texts travel whole and in the order of the sends; a send or ping calls exactly one method of its
 * completion, exactly once, on any thread, perhaps before the call returns; no method blocks or throws; after {@link
 * #close} nothing more is sent, and whatever was under way fails or completes. Not guaranteed: that a completed send
 * has reached the peer; that a send to a stalled peer ever completes (the caller has a deadline); that a close
 * handshake happens.
 *
 * <p>At most one send or ping is outstanding at a time; the caller sees to it.
 */
public interface Sender {

    /** Hears how a send or ping ended: one of the two, once. */
    interface Completion {
        /** The transport took all of it; the next may start. */
        void sent();

        /** It will not be sent; the connection is of no further use. */
        void failed(Throwable cause);
    }

    /** Sends the texts of the parcel. */
    void send(Parcel parcel, Completion completion);

    /** Sends a WebSocket ping (RFC 6455, section 5.5.2). */
    void ping(Completion completion);

    /**
     * Starts to close the connection; may be called more than once. A reason is cut to what a close frame can carry.
     */
    void close(CloseCode code, String reason);

    /** Drops the connection without a word, for when {@link #close} came to nothing. */
    void abort();

    /** A reason as a close frame can carry it: at most 123 bytes of UTF-8 (RFC 6455, section 5.5). */
    static String fitting(String reason) {
        int end = Math.min(reason.length(), 123);
        while (Utf8.length(reason.substring(0, end)) > 123) {
            end--;
        }
        return Character.isHighSurrogate(end == 0 ? ' ' : reason.charAt(end - 1))
                ? reason.substring(0, end - 1)
                : reason.substring(0, end);
    }
}
