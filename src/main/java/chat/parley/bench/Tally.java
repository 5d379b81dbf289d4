package chat.parley.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * What one selector thread counted; merged when all have stopped. "Measured" is what came between the warm-up and the
 * end; everything else counts from the first connection on. Written by one thread, read when it has ended.
 */
final class Tally {
    // What takes longer counts as this: an hour.
    private static final long HIGHEST_NANOS = 3_600_000_000_000L;
    private static final int DIGITS = 3;

    // Nanoseconds, all three.
    final Histogram latency = histogram(); // of deliveries of messages that were to be sent while it was measured
    final Histogram lateness = histogram(); // of this program's own sending, behind the intended time
    final Histogram arrival = histogram(); // of members, since all began to join or to return
    final Map<String, Long> errors = new TreeMap<>(); // by code
    final Map<Integer, Long> closes = new TreeMap<>(); // by code, before this side closed; those of the next not
    final Map<Integer, Long> cuts = new TreeMap<>(); // by code, when the server was made to end
    final Map<String, Long> malformed = new TreeMap<>(); // by what was wrong
    long measuredDeliveries;
    long measuredBytes; // of the payloads of frames
    long measuredFrames;
    long measuredReads; // of sockets
    long measuredMessages; // that came back to their senders
    long deliveries;
    long sent;
    long resent; // after a restart
    long acks;
    long unanswered;
    long unsent; // due before the end, and never sent
    long notices;
    long atEnd; // connections
    long stalledCut; // members that did not read, and that the server gave up
    long lost;
    long doubled;
    long outOfOrder;
    long differing; // deliveries whose bytes are not those another member got for the same seq
    long gaps;
    long skipped; // seqs those announced

    /** One for each server, where there are several; else empty. */
    final List<ServerTally> servers;

    /** Of one server. */
    Tally() {
        this(1);
    }

    Tally(int servers) {
        this.servers = servers == 1
                ? List.of()
                : Stream.generate(ServerTally::new).limit(servers).toList();
    }

    /** Whether the server broke a promise, or ended a connection without a reason. */
    boolean isWrong() {
        return lost + doubled + outOfOrder + differing + unanswered > 0 || !malformed.isEmpty() || !closes.isEmpty();
    }

    /** A delivery took so long. */
    void countLatency(long nanos) {
        latency.recordValue(bounded(nanos));
    }

    /** A message was sent so much later than intended. */
    void countLateness(long nanos) {
        lateness.recordValue(bounded(nanos));
    }

    /** A member has joined or is back, and has everything. */
    void countArrival(long nanos) {
        arrival.recordValue(bounded(nanos));
    }

    static Histogram histogram() {
        return new Histogram(HIGHEST_NANOS, DIGITS);
    }

    static long bounded(long nanos) {
        return Math.max(0, Math.min(nanos, HIGHEST_NANOS));
    }

    void add(SeqCheck check) {
        lost += check.lost();
        doubled += check.doubled();
        outOfOrder += check.outOfOrder();
        gaps += check.gaps();
        skipped += check.skipped();
    }

    void add(Tally other) {
        latency.add(other.latency);
        lateness.add(other.lateness);
        arrival.add(other.arrival);
        for (int i = 0; i < servers.size(); i++) {
            servers.get(i).add(other.servers.get(i));
        }
        other.cuts.forEach((code, count) -> cuts.merge(code, count, Long::sum));
        other.errors.forEach((code, count) -> errors.merge(code, count, Long::sum));
        other.closes.forEach((code, count) -> closes.merge(code, count, Long::sum));
        other.malformed.forEach((what, count) -> malformed.merge(what, count, Long::sum));
        measuredDeliveries += other.measuredDeliveries;
        measuredBytes += other.measuredBytes;
        measuredFrames += other.measuredFrames;
        measuredReads += other.measuredReads;
        measuredMessages += other.measuredMessages;
        deliveries += other.deliveries;
        sent += other.sent;
        resent += other.resent;
        acks += other.acks;
        unanswered += other.unanswered;
        unsent += other.unsent;
        notices += other.notices;
        atEnd += other.atEnd;
        stalledCut += other.stalledCut;
        lost += other.lost;
        doubled += other.doubled;
        outOfOrder += other.outOfOrder;
        differing += other.differing;
        gaps += other.gaps;
        skipped += other.skipped;
    }
}
