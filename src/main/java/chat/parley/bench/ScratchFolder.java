package chat.parley.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The data and the log of a server of one's own; goes when that goes, but for a log that says something. */
final class ScratchFolder {
    private static final String PREFIX = "parley-bench-";
    // What the server says of a mistake of the operator begins so.
    private static final String REFUSAL = "parley: ";
    // What a JVM says before it says why it cannot start.
    private static final String HEADING = "Error occurred during initialization of VM";

    private final Path folder;
    private @Nullable Path kept;

    private ScratchFolder(Path folder) {
        this.folder = folder;
    }

    static ScratchFolder make() throws CannotMeasure {
        try {
            return new ScratchFolder(Files.createTempDirectory(PREFIX));
        } catch (IOException e) {
            throw new CannotMeasure("no temporary folder could be made: " + e);
        }
    }

    Path path() {
        return folder;
    }

    /** Where the server's standard error goes. */
    Path log() {
        return folder.resolve("server.log");
    }

    /** Where its standard output goes, to which a JVM also says why it cannot start. */
    Path output() {
        return folder.resolve("server.out");
    }

    /** Puts the log where it stays; null when there is nothing in it. */
    synchronized @Nullable Path keepLog() {
        try {
            if (kept == null && !lines(log()).isEmpty()) {
                Path place = Files.createTempFile(PREFIX, ".log");
                kept = Files.copy(log(), place, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            // It cannot be kept then.
        }
        return kept;
    }

    /** Of a server that did not start: the line that says why. */
    String lastWords() {
        List<String> lines = new ArrayList<>(lines(log()));
        lines.addAll(lines(output()));
        return lines.stream()
                .filter(line -> line.startsWith(REFUSAL))
                .map(line -> line.substring(REFUSAL.length()))
                .findFirst()
                .or(() -> lines.stream().findFirst())
                .orElse("it said nothing");
    }

    synchronized void delete() {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> file.delete());
        } catch (IOException | UncheckedIOException e) {
            // What is left is in the system's temporary folder.
        }
    }

    /** Of that file; without what the JVM says of variables that give it options. */
    private static List<String> lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.startsWith("NOTE: ") && !line.startsWith("Picked up "))
                    .filter(line -> !line.equals(HEADING))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }
}
