package chat.parley.bench;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What a run found; the figures that are computed are for the time that was measured.
 *
 * @param joinSeconds from the first connection until the last was where the measurement begins
 * @param atStart before the first connection
 * @param span what was used while it was measured
 * @param arrived members that joined, or came back, and got everything they lacked
 * @param downSeconds from when the server was made to end until it answered again; 0 when it was not
 */
record Report(Task task, Tally tally, double joinSeconds, Usage atStart, Span span, int arrived, double downSeconds) {

    /** Whether the server broke a promise. */
    boolean isWrong() {
        return tally.isWrong() || missing() > 0 || isInVain();
    }

    /** Whether everything that was said was refused. */
    boolean isInVain() {
        return tally.sent > 0 && tally.acks == 0;
    }

    /** Members that never got everything they lacked. */
    int missing() {
        return task.crowd().sockets() - arrived;
    }

    /** Whether it was measured how long members took to join or to come back. */
    boolean hasArrivals() {
        return task.isJoinStorm() || task.isRestart();
    }

    /** Whether the processes of the server, or of all servers, are known. */
    boolean knowsServer() {
        return task.peers().stream().allMatch(peer -> peer.pid() > 0);
    }

    /** Of each server by itself, where there are several; else empty. */
    List<ServerReport> servers() {
        return IntStream.range(0, tally.servers.size())
                .mapToObj(server -> new ServerReport(this, server))
                .toList();
    }

    double deliveriesPerSecond() {
        return tally.measuredDeliveries / (double) task.traffic().seconds();
    }

    double messagesPerSecond() {
        return tally.measuredMessages / (double) task.traffic().seconds();
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
        return tally.latency.getValueAtPercentile(percent) / 1e6;
    }

    /** How late messages were sent, behind the intended time. */
    double latenessMillis(double percent) {
        return tally.lateness.getValueAtPercentile(percent) / 1e6;
    }

    /** How long members took to join or to come back. */
    double arrivalMillis(double percent) {
        return tally.arrival.getValueAtPercentile(percent) / 1e6;
    }

    double ownMicrosPerDelivery() {
        return span.ownMicros(tally.measuredDeliveries);
    }

    double serverMicrosPerDelivery() {
        return span.serverMicros(tally.measuredDeliveries);
    }

    /** What the server's memory grew by since before the first connection, for each of them. */
    double serverBytesPerConnection() {
        return each(
                span.after().serverBytes() - atStart.serverBytes(), task.crowd().sockets());
    }

    private static double each(long amount, long count) {
        return count == 0 ? 0 : (double) amount / count;
    }
}
