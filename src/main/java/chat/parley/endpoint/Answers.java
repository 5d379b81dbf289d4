package chat.parley.endpoint;

import chat.parley.protocol.BadNameException;
import chat.parley.protocol.ClientMessage;
import chat.parley.protocol.ErrorCode;
import chat.parley.protocol.RoomName;
import chat.parley.protocol.ServerMessage;
import chat.parley.store.Outcome;
import chat.parley.store.StoreException;
import java.time.Clock;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What requests are answered with. Any thread may call. */
final class Answers {

    /** When to send a message again that could not be stored, milliseconds. */
    private static final long RETRY_MILLIS = 1_000;

    private final Clock clock;

    Answers(Clock clock) {
        this.clock = clock;
    }

    ServerMessage left(@Nullable String id, RoomName room) {
        return ack(id, room, null, null);
    }

    ServerMessage pong(@Nullable String id) {
        return new ServerMessage.Pong(id, clock.millis());
    }

    /** A renewal; null when the connection never ends by itself. */
    ServerMessage renewed(@Nullable String id, @Nullable Long expiresAt) {
        return new ServerMessage.Ack(id, null, null, null, null, null, null, null, null, expiresAt, clock.millis());
    }

    ServerMessage refused(ClientMessage request, Refused refused) {
        return error(request.id(), canonical(request.room()), refused);
    }

    /**
     * What became of a message: exactly one of outcome and failure is there.
     *
     * @param isFirst whether this cannot be a resend, as its id was made here
     */
    ServerMessage outcome(
            String id, RoomName room, boolean isFirst, @Nullable Outcome outcome, @Nullable Throwable failure) {
        if (outcome instanceof Outcome.Stored stored) {
            return ack(id, room, stored.message().seq(), null);
        }
        if (outcome instanceof Outcome.Duplicate duplicate) {
            return ack(id, room, duplicate.message().seq(), true);
        }
        if (outcome instanceof Outcome.Conflict) {
            return error(
                    id,
                    room.value(),
                    new Refused(ErrorCode.CONFLICT, "id", "This id was used for another message.", 0));
        }
        if (outcome instanceof Outcome.Unsure unsure && isFirst) {
            return ack(id, room, unsure.message().seq(), null);
        }
        // Of what is unsure else the sender asks again, and is told the truth then.
        return error(id, room.value(), failed(failure));
    }

    private static Refused failed(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        StoreException.Kind kind =
                cause instanceof StoreException store ? store.kind() : StoreException.Kind.UNAVAILABLE;
        return switch (kind) {
            case BUSY -> new Refused(ErrorCode.BUSY, null, "Too many messages wait; send it again.", RETRY_MILLIS);
            case REFUSED -> new Refused(ErrorCode.INTERNAL, null, "This message could not be stored.", RETRY_MILLIS);
            case UNAVAILABLE ->
                new Refused(
                        ErrorCode.UNAVAILABLE,
                        null,
                        "Messages cannot be stored now; send it again with the same id.",
                        RETRY_MILLIS);
        };
    }

    private ServerMessage ack(@Nullable String id, RoomName room, @Nullable Long seq, @Nullable Boolean duplicate) {
        return new ServerMessage.Ack(
                id, room.value(), seq, duplicate, null, null, null, null, null, null, clock.millis());
    }

    private ServerMessage error(@Nullable String id, @Nullable String room, Refused refused) {
        return new ServerMessage.Error(
                id,
                room,
                refused.code().wireName(),
                refused.field(),
                refused.why(),
                refused.code().isTemporary(),
                refused.retryAfterMs() == 0 ? null : refused.retryAfterMs(),
                clock.millis());
    }

    /** The room as it is echoed: in canonical form, or as it was sent when it has none. */
    private static @Nullable String canonical(@Nullable String room) {
        try {
            return room == null ? null : RoomName.parse(room).value();
        } catch (BadNameException e) {
            return room;
        }
    }
}
