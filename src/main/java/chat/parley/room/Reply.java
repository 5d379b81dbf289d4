package chat.parley.room;

/**
 * The place of one answer in the order of a connection's answers: requests are answered in the order they came, so
 * each takes its place when it comes and is given to the sender when all before it were.
 */
abstract class Reply {

    /**
     * What an answer is charged before it is known, so that requests that nobody has answered yet are bounded as
     * well.
     */
    static final int PLACE_BYTES = 256;

    /**
     * Adds what can be sent now. Called on the delivery thread, when all answers before this one were given and
     * nothing is under way; what is added is then sent.
     *
     * @return whether the answer is complete; if not, either the builder is full or the outlet will be scheduled when
     *     there is more
     */
    abstract boolean give(ParcelBuilder out);

    /** How many bytes it is charged, {@link #PLACE_BYTES} included; given back when it is complete. */
    abstract int chargedBytes();

    /** Called once, when the last of it was given or it will never be. */
    void closed() {}
}
