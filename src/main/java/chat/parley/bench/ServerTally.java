package chat.parley.bench;

import org.HdrHistogram.Histogram;

/** What one selector thread counted at one of several servers, while it was measured. */
final class ServerTally {
    final Histogram latency = Tally.histogram(); // nanoseconds, of deliveries
    long measuredDeliveries;

    /** A delivery took so long. */
    void countLatency(long nanos) {
        latency.recordValue(Tally.bounded(nanos));
    }

    void add(ServerTally other) {
        latency.add(other.latency);
        measuredDeliveries += other.measuredDeliveries;
    }
}
