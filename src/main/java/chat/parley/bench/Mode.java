package chat.parley.bench;

/** What is measured. */
public sealed interface Mode {

    /** Messages, while all are in their rooms; or, when nobody sends, connections alone. */
    record Messages() implements Mode {}

    /**
     * All join at the same moment; how long until each has its history.
     *
     * @param history messages that lie in each room before, and that each member asks for
     */
    record JoinStorm(int history) implements Mode {
        /** The most a client may ask for (protocol, section 3). */
        private static final int MOST_HISTORY = 200;

        /** @throws IllegalArgumentException with one line that names the option and what is wrong with it */
        public JoinStorm {
            Bounds.check("--history", history, 0, MOST_HISTORY);
        }
    }

    /**
     * The server ends while messages flow and is started again; how long until all are back and miss nothing.
     *
     * @param killed by SIGKILL; else by SIGTERM, after which it sends its clients away first
     */
    record Restart(boolean killed) implements Mode {}
}
