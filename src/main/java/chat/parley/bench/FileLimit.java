package chat.parley.bench;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The files a process may have open, of which each connection is one. */
final class FileLimit {
    // Files a Java process has open beside its connections.
    private static final int OTHERS = 100;

    private FileLimit() {}

    /** @throws CannotMeasure when that crowd needs more */
    static void check(Crowd crowd) throws CannotMeasure {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                && system.getMaxFileDescriptorCount() < crowd.sockets() + OTHERS) {
            throw new CannotMeasure(
                    "%d connections need more open files than the %d allowed here: raise it with ulimit -n"
                            .formatted(crowd.sockets(), system.getMaxFileDescriptorCount()));
        }
    }
}
