package chat.parley.relay;

import chat.parley.protocol.RoomName;
import java.time.Duration;

/**
 * What a server calls its keys in a Redis; the scripts build the names of the others' the same way.
 *
 * @param prefix has the epoch of the log in it: servers over another log share no key
 * @param server stands for one start of one server
 */
record RedisKeys(String prefix, String server) {

    /** How long a key lives that nobody renews: what was left by servers that all died at once goes by itself. */
    static final Duration LIFE = Duration.ofDays(1);

    /** A sorted set: until when each server's lease lasts, milliseconds by the clock of the Redis. */
    String leases() {
        return prefix + "leases";
    }

    /** A hash: the number of each server's {@link RedisLink}, of which what earlier ones say comes too late. */
    String links() {
        return prefix + "links";
    }

    /** A sorted set: how many people are in each room. */
    String crowd() {
        return prefix + "crowd";
    }

    /** A hash: the version of a room, how many people are in it, and which servers have some. */
    String here(RoomName room) {
        return prefix + "here:" + room.value();
    }

    /** A set: the people of this server in a room. */
    String in(RoomName room) {
        return prefix + "in:" + server + ":" + room.value();
    }

    /** A set: the rooms that a server has people in. */
    String rooms(String ofServer) {
        return prefix + "rooms:" + ofServer;
    }

    /** A hash: how many connections a user has on each server. */
    String open(String user) {
        return prefix + "open:" + user;
    }

    /** A time: until when a user pays for what they took. */
    String owed(String what, String user) {
        return prefix + "owed:" + what + ":" + user;
    }
}
