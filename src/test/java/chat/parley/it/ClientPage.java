package chat.parley.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The page of clients: its examples, as they stand there. */
final class ClientPage {

    /** Where the examples connect to, as they stand on the page. */
    static final String URL = "ws://localhost:8080/chat?name=ada";

    private static final Pattern FENCED = Pattern.compile("```\\w+\n(.*?)```", Pattern.DOTALL);

    private ClientPage() {}

    /** The example that has this in it; there is exactly one. */
    static String example(String part) {
        List<String> found = FENCED.matcher(text())
                .results()
                .map(match -> match.group(1))
                .filter(example -> example.contains(part))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " examples have " + part);
        }
        return found.get(0);
    }

    /** How many there are. */
    static long examples() {
        return FENCED.matcher(text()).results().count();
    }

    private static String text() {
        try {
            return Files.readString(Path.of("src/site/markdown/clients.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
