package chat.parley.verify;

/** A message that somebody sent, perhaps more than once. That person's thread only. */
final class Sent {

    private final String id;
    private final int number;
    private final String room;
    private final long firstNanos = System.nanoTime();
    private int attempts;
    private long dueNanos;

    Sent(String id, int number, String room) {
        this.id = id;
        this.number = number;
        this.room = room;
    }

    String id() {
        return id;
    }

    /** Which message of its room it is. */
    int number() {
        return number;
    }

    int attempts() {
        return attempts;
    }

    /** {@code System.nanoTime()} when it was sent for the first time. */
    long firstNanos() {
        return firstNanos;
    }

    /** The frame, which is on its way now; an error would set when it is due again. */
    String frame() {
        attempts++;
        dueNanos = Long.MAX_VALUE;
        return Wire.message(room, id, Text.of(id));
    }

    void retryAt(long nanos) {
        dueNanos = nanos;
    }

    boolean isDue(long now) {
        return dueNanos != Long.MAX_VALUE && now - dueNanos >= 0;
    }
}
