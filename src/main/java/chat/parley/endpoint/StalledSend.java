package chat.parley.endpoint;

/**
 * Whether a send takes too long, for which this server has to have been awake: what could not be written while it stood still
 * may be written now. The sweeper's thread.
 */
final class StalledSend {

    /** A send is seen so much later than it began, at most. */
    private static final long ROUND_NANOS = Connections.ROUND.toNanos();

    private long send;
    private long seenAt;

    /**
     * To be asked every {@link Connections#ROUND}.
     *
     * @param since {@code System.nanoTime()} when the send under way began; 0 when there is none
     * @param nanoTime now
     * @param awakeNanos now, by {@link AwakeTime}
     */
    boolean isOver(long timeoutNanos, long since, long nanoTime, long awakeNanos) {
        if (since != send) {
            send = since;
            seenAt = awakeNanos;
        }
        return since != 0 && nanoTime - since > timeoutNanos && awakeNanos - seenAt >= timeoutNanos - ROUND_NANOS;
    }
}
