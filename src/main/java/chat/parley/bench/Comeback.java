package chat.parley.bench;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a member has to remember to come back as the same person and miss nothing. Belongs to one selector thread. */
final class Comeback {
    /**
     * A message that was sent and not acknowledged; it is sent again with the same id.
     *
     * @param sentAt when it was meant to be sent, by {@link System#nanoTime()}
     */
    record Sent(int number, long sentAt) {}

    private final Deque<Sent> unacked = new ArrayDeque<>();
    private String session = "";
    private String epoch = "";
    private long target = -1;

    /** The secret of its first {@code welcome}; empty before. */
    String session() {
        return session;
    }

    void keepSession(String secret) {
        session = secret;
    }

    /** Which log its position belongs to; empty until it has joined once. */
    String epoch() {
        return epoch;
    }

    void keepEpoch(String log) {
        epoch = log;
    }

    /** It has joined again, and was promised everything up to here. */
    void promise(long head) {
        target = head;
    }

    void sent(int number, long sentAt) {
        unacked.add(new Sent(number, sentAt));
    }

    /** An ack or an error says so, or its own event. */
    void answered(int number) {
        unacked.removeIf(sent -> sent.number() == number);
    }

    /** In the order they were sent first. */
    Iterable<Sent> toResend() {
        return unacked;
    }

    /** Whether nothing is missing, when that seq is the next to come. */
    boolean isComplete(long next) {
        return next > target && unacked.isEmpty();
    }
}
