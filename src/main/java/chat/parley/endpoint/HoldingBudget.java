package chat.parley.endpoint;

import java.util.concurrent.atomic.AtomicLong;

/** What all connections of a server together may have held of their frames. Any thread may take and give back. */
final class HoldingBudget {

    private final long mostChars;
    private final AtomicLong takenChars = new AtomicLong();

    /** Of so many characters; one is at most two bytes. */
    HoldingBudget(long mostChars) {
        this.mostChars = mostChars;
    }

    /** Takes so much; false, and nothing, when there is not so much left. */
    boolean take(int chars) {
        if (takenChars.addAndGet(chars) <= mostChars) {
            return true;
        }
        giveBack(chars);
        return false;
    }

    void giveBack(int chars) {
        takenChars.addAndGet(-chars);
    }
}
