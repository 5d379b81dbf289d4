package chat.parley.load;

/**
 * What a run found; the figures that are computed are for the time that was measured.
 *
 * @param joinSeconds from the first connection until the last member had joined
 * @param atStart before the first connection
 * @param before when the measurement began
 * @param after when it ended
 */
record Report(Options options, Tally tally, double joinSeconds, Usage atStart, Usage before, Usage after) {

    double deliveriesPerSecond() {
        return tally.measuredDeliveries / (double) options.seconds();
    }

    double messagesPerSecond() {
        return tally.measuredMessages / (double) options.seconds();
    }

    /** Bytes of frames, without their headers, for each delivery; what else was in them is shared out. */
    double bytesPerDelivery() {
        return each(tally.measuredBytes, tally.measuredDeliveries);
    }

    double deliveriesPerFrame() {
        return each(tally.measuredDeliveries, tally.measuredFrames);
    }

    double deliveriesPerRead() {
        return each(tally.measuredDeliveries, tally.measuredReads);
    }

    double latencyMillis(double percent) {
        return tally.latency.percentile(percent) / 1e6;
    }

    double ownCores() {
        return each(after.ownCpu() - before.ownCpu(), after.nanos() - before.nanos());
    }

    double ownMicrosPerDelivery() {
        return each(after.ownCpu() - before.ownCpu(), tally.measuredDeliveries) / 1000;
    }

    double serverCores() {
        return each(after.serverCpu() - before.serverCpu(), after.nanos() - before.nanos());
    }

    double serverMicrosPerDelivery() {
        return each(after.serverCpu() - before.serverCpu(), tally.measuredDeliveries) / 1000;
    }

    /** What the server's memory grew by since before the first connection, for each of them. */
    double serverBytesPerConnection() {
        return each(after.serverBytes() - atStart.serverBytes(), options.sockets());
    }

    private static double each(double amount, double count) {
        return count == 0 ? 0 : amount / count;
    }
}
