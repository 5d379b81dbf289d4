package chat.parley.load;

import java.util.Map;
import java.util.TreeMap;

/**
 * What one selector thread counted; merged when all have stopped. "Measured" is what came between the warm-up and the
 * end; everything else counts from the first connection on.
 */
final class Tally {
    final Histogram latency = new Histogram(); // of deliveries of messages that were to be sent while it was measured
    final Histogram lateness = new Histogram(); // of this program's own sending, behind the intended time
    final Map<String, Long> errors = new TreeMap<>(); // by code
    final Map<Integer, Long> closes = new TreeMap<>(); // by code, before this side closed
    final Map<String, Long> malformed = new TreeMap<>(); // by what was wrong
    long measuredDeliveries;
    long measuredBytes; // of the payloads of frames
    long measuredFrames;
    long measuredReads; // of sockets
    long measuredMessages; // that came back to their senders
    long deliveries;
    long sent;
    long acks;
    long unanswered;
    long notices;
    long atEnd; // connections
    long lost;
    long doubled;
    long outOfOrder;
    long differing; // deliveries whose bytes are not those another member got for the same seq
    long gaps;
    long skipped; // seqs those announced

    /** Whether the server broke a promise. */
    boolean isWrong() {
        return lost + doubled + outOfOrder + differing > 0 || !malformed.isEmpty();
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
        acks += other.acks;
        unanswered += other.unanswered;
        notices += other.notices;
        atEnd += other.atEnd;
        lost += other.lost;
        doubled += other.doubled;
        outOfOrder += other.outOfOrder;
        differing += other.differing;
        gaps += other.gaps;
        skipped += other.skipped;
    }
}
