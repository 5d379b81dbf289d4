package chat.parley.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class JsonLinesTest {

    private final JsonLines encoder = new JsonLines();

    @Test
    void anEventIsOneObjectWithItsKeyValues() {
        LoggingEvent event = event("joined {}", null, "red");
        event.setKeyValuePairs(List.of(
                new KeyValuePair("room", "red"),
                new KeyValuePair("count", 3),
                new KeyValuePair("late", true),
                new KeyValuePair("why", null)));

        JsonObject line = parse(encoder.encode(event));

        assertEquals("2025-01-02T03:04:05Z", line.getString("timestamp"));
        assertEquals("INFO", line.getString("level"));
        assertEquals("chat.parley.room.Room", line.getString("logger"));
        assertEquals("joined red", line.getString("message"));
        assertEquals(Thread.currentThread().getName(), line.getString("thread"));
        JsonObject pairs = line.getJsonObject("kvp");
        assertEquals("red", pairs.getString("room"));
        assertEquals(3, pairs.getInt("count"));
        assertTrue(pairs.getBoolean("late"));
        assertEquals("null", pairs.getString("why"));
        assertFalse(line.containsKey("exception"));
    }

    @Test
    void aStackTraceStaysOnTheLine() {
        String line = new String(encoder.encode(event("failed", new IllegalStateException("why"))), UTF_8);

        assertEquals(1, line.lines().count());
        assertTrue(parse(line.getBytes(UTF_8)).getString("exception").contains("IllegalStateException: why\n"));
    }

    @Property(tries = 500)
    void anyTextIsOneLineThatReadsBackTheSame(@ForAll String text) {
        String valid = new String(text.getBytes(UTF_8), UTF_8);
        LoggingEvent event = event("m", null);
        event.setKeyValuePairs(List.of(new KeyValuePair("k", valid)));

        String line = new String(encoder.encode(event), UTF_8);

        assertEquals(1, line.lines().count());
        assertEquals(valid, parse(line.getBytes(UTF_8)).getJsonObject("kvp").getString("k"));
    }

    private static LoggingEvent event(String message, @Nullable Throwable failure, Object... arguments) {
        LoggerContext context = new LoggerContext();
        LoggingEvent event = new LoggingEvent(
                "here", context.getLogger("chat.parley.room.Room"), Level.INFO, message, failure, arguments);
        event.setInstant(Instant.parse("2025-01-02T03:04:05Z"));
        return event;
    }

    private static JsonObject parse(byte[] line) {
        return Json.createReader(new StringReader(new String(line, UTF_8))).readObject();
    }
}
