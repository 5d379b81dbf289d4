package chat.parley.protocol;

import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of the server: one flat JSON object a frame, told apart by {@code type} (protocol, section 3).
 *
 * <p>The components hold what was sent, checked for its JSON kind and its range but not yet for its meaning: a room
 * may still be no room name, a content may still be too long. Absent and null are the same. {@link Undecodable} never
 * travels: it is what a frame becomes that is none of the others.
 */
@JsonbTypeInfo(
        key = "type",
        value = {
            @JsonbSubtype(alias = "join", type = ClientMessage.Join.class),
            @JsonbSubtype(alias = "leave", type = ClientMessage.Leave.class),
            @JsonbSubtype(alias = "message", type = ClientMessage.Message.class),
            @JsonbSubtype(alias = "history", type = ClientMessage.History.class),
            @JsonbSubtype(alias = "members", type = ClientMessage.Members.class),
            @JsonbSubtype(alias = "typing", type = ClientMessage.Typing.class),
            @JsonbSubtype(alias = "ping", type = ClientMessage.Ping.class),
            @JsonbSubtype(alias = "auth", type = ClientMessage.Auth.class)
        })
public sealed interface ClientMessage {

    /** The client's own mark of this request, echoed in whatever answers it; null when the client gave none. */
    @Nullable String id();

    /** The room it is about, as sent; null when it is about none. */
    default @Nullable String room() {
        return null;
    }

    /** Calls the handler's method for this message's type and returns what it returns. */
    <R> R accept(Handler<R> handler);

    /** One method a type, so that the compiler finds a forgotten one. */
    interface Handler<R> {
        R onJoin(Join join);

        R onLeave(Leave leave);

        R onMessage(Message message);

        R onHistory(History history);

        R onMembers(Members members);

        R onTyping(Typing typing);

        R onPing(Ping ping);

        R onAuth(Auth auth);

        R onUndecodable(Undecodable undecodable);
    }

    /**
     * Come into a room, or come back to it.
     *
     * @param since the last seq seen, 0 or more; null asks for recent history instead of what was missed
     * @param epoch the log that {@code since} belongs to
     * @param limit how much recent history, 0 to 200; null means 50
     */
    record Join(
            String room,
            @Nullable String id,
            @Nullable Long since,
            @Nullable String epoch,
            @Nullable Integer limit) implements ClientMessage {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.onJoin(this);
        }
    }

    /** Go out of a room; fine also when one is not in it. */
    record Leave(String room, @Nullable String id) implements ClientMessage {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.onLeave(this);
        }
    }

    /**
     * Say something; {@code id} is also the dedupe key, per sender and room. CRLF in the content is newline already.
     */
    record Message(String room, String content, @Nullable String id) implements ClientMessage {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.onMessage(this);
        }
    }

    /**
     * Read a page of a room's log.
     *
     * @param before only events with a lower seq
     * @param after only events with a higher seq; decides the direction (upwards)
     * @param limit how many at most, 1 to 200; null means 50
     */
    record History(
            String room,
            @Nullable Long before,
            @Nullable Long after,
            @Nullable Integer limit,
            @Nullable String id) implements ClientMessage {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.onHistory(this);
        }
    }

    /**
     * Read a page of the people in a room, in name order.
     *
     * @param after only names behind this one
     * @param limit how many at most, 1 to 200; null means 200
     */
    record Members(
            String room,
            @Nullable String after,
            @Nullable Integer limit,
            @Nullable String id) implements ClientMessage {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.onMembers(this);
        }
    }

    /** Somebody types; nothing answers it. */
    record Typing(String room, @Nullable String id) implements ClientMessage {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.onTyping(this);
        }
    }

    /** A heartbeat that a browser can send. */
    record Ping(@Nullable String id) implements ClientMessage {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.onPing(this);
        }
    }

    /**
     * Stay signed in: what a connection lives by is renewed.
     *
     * @param content a short token of the same user; a secret
     */
    record Auth(String content, @Nullable String id) implements ClientMessage {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.onAuth(this);
        }

        /** Without the token. */
        @Override
        public String toString() {
            return "Auth[" + id + "]";
        }
    }

    /**
     * A frame that is no message, and why.
     *
     * @param id the frame's id, where it could be read
     * @param room the frame's room as it was sent, where it could be read
     * @param code {@link ErrorCode#BAD_MESSAGE} or {@link ErrorCode#TOO_LARGE}
     * @param field the field at fault; null when it is the frame as a whole
     * @param why a sentence for people
     */
    record Undecodable(
            @Nullable String id,
            @Nullable String room,
            ErrorCode code,
            @Nullable String field,
            String why) implements ClientMessage {

        /** What a frame becomes that has more bytes than a frame may have: nothing answers it, it closes 1009. */
        public static final Undecodable FRAME_TOO_LARGE =
                new Undecodable(null, null, ErrorCode.TOO_LARGE, null, "The frame is too large.");

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.onUndecodable(this);
        }
    }
}
