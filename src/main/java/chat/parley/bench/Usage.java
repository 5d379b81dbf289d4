package chat.parley.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What this program and the servers have used, at one moment. 0 where it is unknown.
 *
 * @param nanos the moment, by {@link System#nanoTime()}
 * @param ownCpu nanoseconds of processor this program has used
 * @param servers in their order
 */
record Usage(long nanos, long ownCpu, List<Server> servers) {

    /**
     * One process.
     *
     * @param cpu nanoseconds of processor it has used, in steps of its kernel's clock
     * @param bytes of its memory that are resident
     */
    record Server(long cpu, long bytes) {}

    /** @param servers their processes; 0 is unknown */
    static Usage now(List<Long> servers) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Usage(
                System.nanoTime(),
                system.getProcessCpuTime(),
                servers.stream().map(Usage::of).toList());
    }

    /** Of all servers together. */
    long serverCpu() {
        return servers.stream().mapToLong(Server::cpu).sum();
    }

    /** Of all servers together. */
    long serverBytes() {
        return servers.stream().mapToLong(Server::bytes).sum();
    }

    private static Server of(long process) {
        Duration cpu = ProcessHandle.of(process)
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElse(Duration.ZERO);
        return new Server(cpu.toNanos(), residentBytes(process));
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
