package chat.parley.room;

import chat.parley.protocol.ErrorCode;
import chat.parley.protocol.JsonCodec;
import chat.parley.protocol.RoomName;
import chat.parley.protocol.ServerMessage;
import chat.parley.store.StoreException;
import chat.parley.store.StoredMessage;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a room says of itself, encoded: each of these is made once, however many members hear it. Any thread may call.
 */
final class Words {

    private final RoomName room;
    private final Clock clock;

    Words(RoomName room, Clock clock) {
        this.room = room;
        this.clock = clock;
    }

    byte[] event(StoredMessage message) {
        return encode(message);
    }

    /** The same for whoever has no room. */
    static byte[] encode(StoredMessage message) {
        return JsonCodec.encode(new ServerMessage.Message(
                message.room().value(),
                message.seq(),
                message.id(),
                message.author().name(),
                message.author().guest() ? Boolean.TRUE : null,
                message.content(),
                message.timestamp()));
    }

    byte[] gap(long from, long to) {
        return JsonCodec.encode(new ServerMessage.Gap(room.value(), from, to, clock.millis()));
    }

    byte[] joined(String sender, long version, int count) {
        return JsonCodec.encode(new ServerMessage.Join(room.value(), sender, version, count, clock.millis()));
    }

    byte[] left(String sender, long version, int count) {
        return JsonCodec.encode(new ServerMessage.Leave(room.value(), sender, version, count, clock.millis()));
    }

    byte[] summary(long version, int count) {
        return JsonCodec.encode(
                new ServerMessage.Members(null, room.value(), version, count, null, null, clock.millis()));
    }

    byte[] members(@Nullable String id, long version, int count, List<String> names, boolean more) {
        return JsonCodec.encode(
                new ServerMessage.Members(id, room.value(), version, count, names, more, clock.millis()));
    }

    byte[] typing(String sender) {
        return JsonCodec.encode(new ServerMessage.Typing(room.value(), sender, clock.millis()));
    }

    byte[] joinAck(@Nullable String id, long head, long first, String epoch, int count, boolean recovered) {
        return JsonCodec.encode(new ServerMessage.Ack(
                id, room.value(), null, null, head, first, epoch, count, recovered, null, clock.millis()));
    }

    byte[] history(@Nullable String id, boolean more, long first, List<byte[]> events) {
        return JsonCodec.historyPage(
                new ServerMessage.History(id, room.value(), more, first, clock.millis(), List.of()), events);
    }

    byte[] unavailable(@Nullable String id) {
        return error(id, new StoreException(StoreException.Kind.UNAVAILABLE, "the room could not be loaded"));
    }

    /** The error for a request that the store did not carry out. */
    byte[] error(@Nullable String id, Throwable cause) {
        boolean busy = cause instanceof StoreException failure && failure.kind() == StoreException.Kind.BUSY;
        ErrorCode code = busy ? ErrorCode.BUSY : ErrorCode.UNAVAILABLE;
        String content = busy ? "Too much waits to be read; try again." : "The store cannot be read now; try again.";
        return JsonCodec.encode(new ServerMessage.Error(
                id, room.value(), code.wireName(), null, content, code.isTemporary(), null, clock.millis()));
    }
}
