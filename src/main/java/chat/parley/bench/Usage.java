package chat.parley.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What this program and the server have used, at one moment. 0 where it is unknown.
 *
 * @param nanos the moment, by {@link System#nanoTime()}
 * @param ownCpu nanoseconds of processor this program has used
 * @param serverCpu nanoseconds of processor the server has used, in steps of its kernel's clock
 * @param serverBytes of the server's memory that is resident
 */
record Usage(long nanos, long ownCpu, long serverCpu, long serverBytes) {

    /** @param server its process; 0 is unknown */
    static Usage now(long server) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        Duration serverCpu = ProcessHandle.of(server)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
        return new Usage(System.nanoTime(), system.getProcessCpuTime(), serverCpu.toNanos(), residentBytes(server));
    }

    /** VmRSS of proc(5). */
    private static long residentBytes(long process) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + process + "/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                }
            }
        } catch (IOException e) {
            // No such process, or no Linux.
        }
        return 0;
    }
}
