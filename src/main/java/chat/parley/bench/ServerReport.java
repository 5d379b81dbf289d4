package chat.parley.bench;

import java.net.URI;

/**
 * What a run found at one of several servers.
 *
 * @param server which of them
 */
record ServerReport(Report report, int server) {

    URI url() {
        return report.task().peers().get(server).url();
    }

    /** Whether its process is known. */
    boolean isKnown() {
        return report.task().peers().get(server).pid() > 0;
    }

    double deliveriesPerSecond() {
        return tally().measuredDeliveries / (double) report.task().traffic().seconds();
    }

    double latencyMillis(double percent) {
        return tally().latency.getValueAtPercentile(percent) / 1e6;
    }

    /** Processors it kept busy. */
    double cores() {
        return cpu() / 1e9 / report.span().seconds();
    }

    /** Microseconds of processor for each delivery that its own members read; 0 when there were none. */
    double microsPerDelivery() {
        return tally().measuredDeliveries == 0 ? 0 : cpu() / 1e3 / tally().measuredDeliveries;
    }

    /** Of its memory that is resident; 0 is unknown. */
    long residentBytes() {
        return report.span().after().servers().get(server).bytes();
    }

    private long cpu() {
        Span span = report.span();
        return span.after().servers().get(server).cpu()
                - span.before().servers().get(server).cpu();
    }

    private ServerTally tally() {
        return report.tally().servers.get(server);
    }
}
