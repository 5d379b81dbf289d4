package chat.parley.bench;

import java.util.List;

/**
 * One measurement.
 *
 * @param peers the servers that are measured, which have one log; at least one
 * @param oneSends whether only members at the first of them send
 */
record Task(List<Peer> peers, boolean oneSends, Crowd crowd, Traffic traffic, Mode mode) {

    /** Of one server. */
    Task(Peer peer, Crowd crowd, Traffic traffic, Mode mode) {
        this(List.of(peer), false, crowd, traffic, mode);
    }

    /** The server, or the first of them. */
    Peer peer() {
        return peers.get(0);
    }

    /** At which of the servers a member is: each room has some at each. */
    int server(int member) {
        return peers.size() == 1 ? 0 : member / Math.max(1, crowd.rooms()) % peers.size();
    }

    /** Whether that member takes turns in sending. */
    boolean sends(int member) {
        return !oneSends || server(member) == 0;
    }

    /** What this program and the servers have used until now. */
    Usage usage() {
        return Usage.now(peers.stream().map(Peer::pid).toList());
    }

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
