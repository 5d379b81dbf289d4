package chat.parley.protocol;

import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The examples of the wire: the files under {@code src/test/resources/wire}. */
final class WireFiles {
    record Example(String name, String text) {
        @Override
        public String toString() {
            return name;
        }
    }

    private WireFiles() {}

    /** Every example of a folder; fails if there are fewer than {@code least}, so that nothing passes on nothing. */
    static List<Example> in(String folder, int least) {
        try (var files = Files.list(root().resolve(folder))) {
            List<Example> examples = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(WireFiles::read)
                    .toList();
            assertTrue(examples.size() >= least, folder + " has only " + examples.size() + " examples");
            return examples;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonObject object(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    private static Example read(Path file) {
        try {
            String name = file.getFileName().toString().replace(".json", "");
            return new Example(name, Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        try {
            return Path.of(
                    Objects.requireNonNull(WireFiles.class.getResource("/wire")).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
