package chat.parley.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the person who waits sees. */
class ProgressTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(out, true, UTF_8);

    @Test
    void aTerminalHasABarThatIsFullInTheEnd() {
        show(new BarProgress(err));

        String last = out.toString(UTF_8).substring(out.toString(UTF_8).lastIndexOf('\r'));
        assertTrue(last.startsWith("\rconnecting 100% ["), last);
        assertTrue(last.contains(" 10/10 "), last);
        assertTrue(last.length() <= 80 + System.lineSeparator().length(), last);
    }

    @Test
    void aFileHasALine() {
        show(new LineProgress(err));

        assertEquals(
                List.of("bench: a server", "bench: connecting (10)"),
                out.toString(UTF_8).lines().toList());
    }

    private static void show(Progress progress) {
        progress.say("a server");
        progress.begin("connecting", 10);
        progress.at(4);
        progress.at(10);
        progress.end();
        progress.end();
    }
}
