package chat.parley.crash;

/** A message that a client sent, perhaps more than once. Its client's thread only, until that has ended. */
final class Sent {

    private final String id;
    private final String room;
    private final String sender;
    private final String content;
    private int attempts;
    private long dueNanos;

    Sent(String id, String room, String sender, String content) {
        this.id = id;
        this.room = room;
        this.sender = sender;
        this.content = content;
    }

    String id() {
        return id;
    }

    int attempts() {
        return attempts;
    }

    /** As the log should have it under a number. */
    Event at(long seq) {
        return new Event(room, seq, id, sender, content);
    }

    /** The frame, which is on its way now; an error would set when it is due again. */
    String frame() {
        attempts++;
        dueNanos = Long.MAX_VALUE;
        return Wire.message(room, id, content);
    }

    void retryAt(long nanos) {
        dueNanos = nanos;
    }

    boolean isDue(long now) {
        return dueNanos != Long.MAX_VALUE && now - dueNanos >= 0;
    }
}
