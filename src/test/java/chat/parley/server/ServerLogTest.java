package chat.parley.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.KeyValuePair;

/** What the log looks like on a terminal. */
class ServerLogTest {

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\u001b[31m", "\u009b31m", "\u0085", "\u2028", "\u2029", "\u007f", "\u0000"})
    void whatAClientWroteDoesNotSpeakToTheTerminal(String control) {
        LoggerContext context = new LoggerContext();
        PatternLayout layout = new PatternLayout();
        layout.setContext(context);
        layout.setPattern(ServerLog.TEXT);
        layout.start();
        LoggingEvent event =
                new LoggingEvent("here", context.getLogger("x.Y"), Level.INFO, "request refused", null, null);
        event.setKeyValuePairs(List.of(new KeyValuePair("origin", "a" + control + "b\u00e9\u5b57")));

        String line = layout.doLayout(event);

        assertTrue(
                line.endsWith("request refused origin=\"a?" + control.substring(1) + "b\u00e9\u5b57\""
                        + System.lineSeparator()),
                line);
        assertEquals(1, line.lines().count());
    }
}
