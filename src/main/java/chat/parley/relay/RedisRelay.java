package chat.parley.relay;

import chat.parley.protocol.RoomName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link Relay} by a Redis: a channel a room, whose name has the epoch of the log in it. While there is no Redis,
 * announcements are lost at once; when it is back all rooms are subscribed to anew.
 */
final class RedisRelay implements Relay {

    private static final Logger log = LoggerFactory.getLogger(RedisRelay.class);

    /** The first byte of a frame says what it is; one of a server of another version may be of another kind. */
    private static final byte TYPING = 3;

    /** There is nothing to say but that there is something. */
    private static final byte[] NOTHING = {0};

    private final long node = new SecureRandom().nextLong();
    private final String prefix;

    /** The channel of {@link #hurry}, which is no room's. */
    private final String changes;

    private final RedisLine line;
    private final RedisNeighbours neighbours;
    private final RedisLedger ledger;

    private volatile Listener listener = new Listener() {
        @Override
        public void announced(RoomName room, long seq, byte[] event) {}

        @Override
        public void typing(RoomName room, String sender) {}
    };

    /** A relay by the Redis at a URL. Throws an {@link IllegalArgumentException} when that is none. */
    RedisRelay(String url, String epoch, ScheduledExecutorService scheduler) {
        this.prefix = "parley:" + epoch + ":";
        this.changes = "parley:" + epoch + "!changes";
        this.line = new RedisLine(url, scheduler, this::heard);
        RedisKeys keys = new RedisKeys(prefix, Long.toHexString(node));
        this.ledger = new RedisLedger(line, keys);
        this.neighbours = new RedisNeighbours(line, keys, scheduler, ledger::tellAll);
    }

    @Override
    public void start(Listener hearing) {
        listener = hearing;
        CompletionStage<Boolean> unused = line.subscribe(changes);
        line.start(new RedisLine.Watcher() {
            @Override
            public void back(RedisLink link) {
                neighbours.back(link);
            }

            @Override
            public void away() {
                neighbours.away();
                hearing.lost();
            }
        });
    }

    @Override
    public Neighbours neighbours() {
        return neighbours;
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    @Override
    public void announce(RoomName room, long seq, byte[] event) {
        RedisLink current = line.link();
        if (current != null) {
            current.publish(channel(room), new Announcement(node, seq, event).encode());
        }
    }

    @Override
    public void hurry() {
        RedisLink current = line.link();
        if (current != null) {
            current.publish(changes, new Announcement(node, 1, NOTHING).encode());
        }
    }

    @Override
    public void typing(RoomName room, String sender) {
        RedisLink current = line.link();
        if (current != null) {
            byte[] name = sender.getBytes(StandardCharsets.UTF_8);
            current.publish(
                    channel(room),
                    ByteBuffer.allocate(1 + Long.BYTES + name.length)
                            .put(TYPING)
                            .putLong(node)
                            .put(name)
                            .array());
        }
    }

    @Override
    public CompletionStage<Boolean> subscribe(RoomName room) {
        return line.subscribe(channel(room));
    }

    @Override
    public void unsubscribe(RoomName room) {
        line.unsubscribe(channel(room));
    }

    @Override
    public void close() {
        line.close();
    }

    private void heard(String channel, byte[] frame) {
        try {
            if (channel.equals(changes)) {
                heardOfChanges(frame);
                return;
            }
            if (frame.length == 0 || !channel.startsWith(prefix)) {
                return;
            }
            heard(new RoomName(channel.substring(prefix.length())), frame);
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("what was announced could not be passed on");
        }
    }

    private void heardOfChanges(byte[] frame) {
        Announcement announced = Announcement.decode(frame);
        if (announced != null && announced.node() != node) {
            listener.hurried();
        }
    }

    private void heard(RoomName room, byte[] frame) {
        if (frame[0] == Notice.KIND) {
            Notice notice = Notice.decode(frame);
            if (notice != null) {
                neighbours.heard(room, notice);
            }
        } else if (frame[0] == TYPING) {
            if (frame.length > 1 + Long.BYTES && ByteBuffer.wrap(frame).getLong(1) != node) {
                byte[] name = Arrays.copyOfRange(frame, 1 + Long.BYTES, frame.length);
                listener.typing(room, new String(name, StandardCharsets.UTF_8));
            }
        } else {
            Announcement announced = Announcement.decode(frame);
            if (announced != null && announced.node() != node) {
                listener.announced(room, announced.seq(), announced.event());
            }
        }
    }

    private String channel(RoomName room) {
        return prefix + room.value();
    }
}
