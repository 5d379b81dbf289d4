package chat.parley.verify;

import chat.parley.protocol.ServerMessage;

/** How many frames a connection may send, as its welcome said (protocol, section 4). One thread. */
final class Allowance {

    /** A page of history counts as so many. */
    static final int PAGE = 5;

    /** The server's clock and ours do not tick together. */
    private static final double CAUTION = 0.9;

    private final double perSecond;
    private final double most;
    private double left;
    private long at = System.nanoTime();

    Allowance(ServerMessage.Limits limits) {
        this.perSecond = limits.perSecond() * CAUTION;
        this.most = Math.max(PAGE, limits.burst() * CAUTION);
        this.left = most;
    }

    /** Whether so much may be sent now; then it is. */
    boolean take(int frames) {
        if (perSecond <= 0) {
            return true;
        }
        refill();
        if (left < frames) {
            return false;
        }
        left -= frames;
        return true;
    }

    /** Sends it in any case. */
    void force(int frames) {
        refill();
        left -= frames;
    }

    private void refill() {
        long now = System.nanoTime();
        left = Math.min(most, left + (now - at) / 1e9 * perSecond);
        at = now;
    }
}
