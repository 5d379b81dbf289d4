package chat.parley.protocol;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server says: a flat JSON object, told apart by {@code type} (protocol, section 4). Null components do not
 * travel. {@code timestamp} is milliseconds since the Unix epoch, by the server's clock.
 */
@JsonbTypeInfo(
        key = "type",
        value = {
            @JsonbSubtype(alias = "welcome", type = ServerMessage.Welcome.class),
            @JsonbSubtype(alias = "ack", type = ServerMessage.Ack.class),
            @JsonbSubtype(alias = "error", type = ServerMessage.Error.class),
            @JsonbSubtype(alias = "message", type = ServerMessage.Message.class),
            @JsonbSubtype(alias = "join", type = ServerMessage.Join.class),
            @JsonbSubtype(alias = "leave", type = ServerMessage.Leave.class),
            @JsonbSubtype(alias = "members", type = ServerMessage.Members.class),
            @JsonbSubtype(alias = "history", type = ServerMessage.History.class),
            @JsonbSubtype(alias = "gap", type = ServerMessage.Gap.class),
            @JsonbSubtype(alias = "typing", type = ServerMessage.Typing.class),
            @JsonbSubtype(alias = "pong", type = ServerMessage.Pong.class),
            @JsonbSubtype(alias = "reconnect", type = ServerMessage.Reconnect.class)
        })
public sealed interface ServerMessage {

    /** When the server said it, or, of a log event, when it entered the log. */
    long timestamp();

    /**
     * The first message on every connection.
     *
     * @param session a secret: whoever brings it is the same person
     * @param pingMs after how much silence a client that cannot send WebSocket pings should send a {@code ping}
     * @param expiresAt when this connection ends unless it is extended; null for never
     */
    record Welcome(
            String sender,
            @Nullable Boolean guest,
            @Nullable String session,
            Limits limits,
            long pingMs,
            @Nullable Long expiresAt,
            long timestamp)
            implements ServerMessage {
        /** Without the secret, for logs. */
        @Override
        public String toString() {
            return "Welcome[" + sender + "]";
        }
    }

    /**
     * The limits of this connection; 0 is no limit.
     *
     * @param frameBytes the largest frame a client may send, bytes of UTF-8
     * @param contentBytes the largest content of a message, bytes of UTF-8
     * @param perSecond frames a second in the long run
     * @param burst frames at once
     * @param rooms rooms at a time
     */
    record Limits(int frameBytes, int contentBytes, int perSecond, int burst, int rooms) {}

    /** A request was carried out. Which fields it has depends on the request (protocol, section 3). */
    @JsonbPropertyOrder({
        "id",
        "room",
        "seq",
        "duplicate",
        "head",
        "first",
        "epoch",
        "count",
        "recovered",
        "expiresAt",
        "timestamp"
    })
    record Ack(
            @Nullable String id,
            @Nullable String room,
            @Nullable Long seq,
            @Nullable Boolean duplicate,
            @Nullable Long head,
            @Nullable Long first,
            @Nullable String epoch,
            @Nullable Integer count,
            @Nullable Boolean recovered,
            @Nullable Long expiresAt,
            long timestamp)
            implements ServerMessage {}

    /**
     * A request was refused.
     *
     * @param code the name on the wire, see {@link ErrorCode}
     * @param content a sentence for people
     * @param temporary whether the same request may work later
     * @param retryAfterMs when to try again, milliseconds from now
     */
    @JsonbPropertyOrder({"id", "room", "code", "field", "content", "temporary", "retryAfterMs", "timestamp"})
    record Error(
            @Nullable String id,
            @Nullable String room,
            String code,
            @Nullable String field,
            String content,
            boolean temporary,
            @Nullable Long retryAfterMs,
            long timestamp)
            implements ServerMessage {}

    /** A log event: something was said. */
    @JsonbPropertyOrder({"room", "seq", "id", "sender", "guest", "content", "timestamp"})
    record Message(
            String room,
            long seq,
            String id,
            String sender,
            @Nullable Boolean guest,
            String content,
            long timestamp) implements ServerMessage {}

    /** A user's first connection came into the room. */
    @JsonbPropertyOrder({"room", "sender", "version", "count", "timestamp"})
    record Join(String room, String sender, long version, int count, long timestamp) implements ServerMessage {}

    /** A user's last connection went out of the room. */
    @JsonbPropertyOrder({"room", "sender", "version", "count", "timestamp"})
    record Leave(String room, String sender, long version, int count, long timestamp) implements ServerMessage {}

    /** People in the room: a page of names, or, without names, how many there are now. */
    @JsonbPropertyOrder({"id", "room", "version", "count", "members", "more", "timestamp"})
    record Members(
            @Nullable String id,
            String room,
            long version,
            int count,
            @Nullable List<String> members,
            @Nullable Boolean more,
            long timestamp)
            implements ServerMessage {}

    /**
     * A page of the room's log, ascending. {@code messages} stands last, which {@link JsonCodec} relies on.
     *
     * @param messages log events: {@link Message}, and, to a client older than its server, {@link Unknown}
     */
    @JsonbPropertyOrder({"id", "room", "more", "first", "timestamp", "messages"})
    record History(
            @Nullable String id, String room, boolean more, long first, long timestamp, List<ServerMessage> messages)
            implements ServerMessage {}

    /** This connection fell behind and was not sent {@code from}..{@code to} of the log, both included. */
    @JsonbPropertyOrder({"room", "from", "to", "timestamp"})
    record Gap(String room, long from, long to, long timestamp) implements ServerMessage {}

    /** Somebody types, perhaps the reader. */
    @JsonbPropertyOrder({"room", "sender", "timestamp"})
    record Typing(String room, String sender, long timestamp) implements ServerMessage {}

    /** Answers a {@code ping}. */
    @JsonbPropertyOrder({"id", "timestamp"})
    record Pong(@Nullable String id, long timestamp) implements ServerMessage {}

    /** The server is going away; connect anew when {@code afterMs} milliseconds are over. */
    @JsonbPropertyOrder({"afterMs", "timestamp"})
    record Reconnect(long afterMs, long timestamp) implements ServerMessage {}

    /**
     * What a client makes of something that it does not understand, and otherwise ignores. Never travels. With a room
     * and a seq it is a log event all the same, and moves the reader's position (protocol, section 2).
     *
     * @param type what it says it is; null if it does not, or is not JSON
     * @param timestamp 0 if it has none
     */
    record Unknown(
            @Nullable String type,
            @Nullable String room,
            @Nullable Long seq,
            long timestamp) implements ServerMessage {}
}
