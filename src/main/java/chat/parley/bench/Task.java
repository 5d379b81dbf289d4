package chat.parley.bench;

/**
 * One measurement.
 *
 * @param peer the server that is measured
 */
record Task(Peer peer, Crowd crowd, Traffic traffic, Mode mode) {

    /** Whether all connect first, and join later at one moment. */
    boolean isJoinStorm() {
        return mode instanceof Mode.JoinStorm;
    }

    /** Whether members have to come back to a server that was started again. */
    boolean isRestart() {
        return mode instanceof Mode.Restart;
    }

    /** How many messages of the past a member asks for when it joins. */
    int history() {
        return mode instanceof Mode.JoinStorm storm ? storm.history() : 0;
    }
}
