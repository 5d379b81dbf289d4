package chat.parley.bench;

import chat.parley.protocol.Form;

/**
 * Who takes part in one measurement.
 *
 * @param connections members that read, and that take turns in sending
 * @param stalled further members that join and then never read
 * @param rooms rooms they are spread over; 0 is none
 * @param form how the server lays its messages in frames
 * @param connectRate handshakes begun a second, at most
 * @param threads selector threads
 */
public record Crowd(int connections, int stalled, int rooms, Form form, int connectRate, int threads) {
    private static final int MOST = 1_000_000;

    /** @throws IllegalArgumentException with one line that names the option and what is wrong with it */
    public Crowd {
        Bounds.check("--connections", connections, 1, MOST);
        Bounds.check("--stalled", stalled, 0, MOST);
        Bounds.check("--rooms", rooms, 0, MOST);
        Bounds.check("--connect-rate", connectRate, 1, MOST);
        Bounds.check("--threads", threads, 1, 64);
        if (rooms > connections) {
            throw new IllegalArgumentException(
                    "--rooms is %d, which is more than the %d of --connections".formatted(rooms, connections));
        }
    }

    /** The same with that many connections. */
    public Crowd withConnections(int count) {
        return new Crowd(count, stalled, rooms, form, connectRate, threads);
    }

    /** The same with that many rooms. */
    public Crowd withRooms(int count) {
        return new Crowd(connections, stalled, count, form, connectRate, threads);
    }

    /** Whether frames are arrays of objects, and not one object each. */
    boolean isBatch() {
        return form == Form.BATCH;
    }

    /** Sockets it takes. */
    int sockets() {
        return connections + stalled;
    }
}
