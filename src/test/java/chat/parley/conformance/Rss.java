package chat.parley.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How much memory a process and those it started have resident, where the system tells it in {@code /proc}. */
public final class Rss {

    private Rss() {}

    /** Bytes; 0 where the system does not tell. */
    public static long of(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .mapToLong(each -> bytes(Path.of("/proc", String.valueOf(each.pid()), "status")))
                .sum();
    }

    private static long bytes(Path status) {
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }
}
