package chat.parley.bench;

/** What was used while something was measured. */
record Span(Usage before, Usage after) {

    double seconds() {
        return (after.nanos() - before.nanos()) / 1e9;
    }

    /** Processors this program kept busy. */
    double ownCores() {
        return (after.ownCpu() - before.ownCpu()) / 1e9 / seconds();
    }

    /** Processors the server kept busy. */
    double serverCores() {
        return (after.serverCpu() - before.serverCpu()) / 1e9 / seconds();
    }

    /** Microseconds of processor this program used for each of so many; 0 when there were none. */
    double ownMicros(long count) {
        return count == 0 ? 0 : (after.ownCpu() - before.ownCpu()) / 1e3 / count;
    }

    /** Microseconds of processor the server used for each of so many; 0 when there were none. */
    double serverMicros(long count) {
        return count == 0 ? 0 : (after.serverCpu() - before.serverCpu()) / 1e3 / count;
    }
}
