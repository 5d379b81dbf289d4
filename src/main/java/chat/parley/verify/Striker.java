package chat.parley.verify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the command that breaks things. One thread. */
final class Striker {

    private static final long LONGEST_SECONDS = 600;
    private static final int MOST_SAID = 200;

    private final Kill kill;
    private final Findings clock;

    Striker(Kill kill, Findings clock) {
        this.kill = kill;
        this.clock = clock;
    }

    /** After what time again. */
    Duration every() {
        return kill.every();
    }

    /** Runs it once and waits for its end. */
    Strike strike() throws InterruptedException {
        long begin = clock.now();
        Process process = null;
        try {
            Path output = Files.createTempFile("parley-verify", ".out");
            try {
                process = new ProcessBuilder("sh", "-c", kill.command())
                        .redirectErrorStream(true)
                        .redirectInput(ProcessBuilder.Redirect.from(
                                Path.of("/dev/null").toFile()))
                        .redirectOutput(output.toFile())
                        .start();
                boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
                String said = last(output);
                return new Strike(begin, clock.now(), ended ? process.exitValue() : -1, said, null);
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            return new Strike(begin, clock.now(), -1, String.valueOf(e.getMessage()), null);
        } finally {
            if (process != null) {
                process.destroy();
            }
        }
    }

    private static String last(Path output) throws IOException {
        List<String> lines = new String(Files.readAllBytes(output), StandardCharsets.UTF_8)
                .lines()
                .toList();
        String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        return last.length() > MOST_SAID ? last.substring(0, MOST_SAID) : last;
    }
}
