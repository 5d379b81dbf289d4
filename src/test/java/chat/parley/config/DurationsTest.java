package chat.parley.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "5s,PT5S", "2m,PT2M", "1h,PT1H", "7d,PT168H", "5 S,PT5S", "PT1M30S,PT90S", "pt5s,PT5S"})
    void peoplesAndIsoNotationAreRead(String written, Duration meant) {
        assertEquals(meant, Durations.parse(written));
    }

    @Test
    void aBareNumberIsRefusedByASentenceThatNamesTheUnit() {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> Durations.parse("60"));

        assertEquals("lacks its unit: write 60s for seconds or 60ms for milliseconds", refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-5s", "1.5s", "5 weeks", "9999999999s", "five"})
    void anythingElseIsRefusedWithAnExample(String written) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> Durations.parse(written));

        assertTrue(refusal.getMessage().contains("500ms, 5s"), refusal.getMessage());
    }

    @Property(tries = 200)
    void millisecondsMeanTheSameInBothNotations(@ForAll @IntRange(max = 999_999_999) int millis) {
        Duration meant = Duration.ofMillis(millis);

        assertEquals(meant, Durations.parse(millis + "ms"));
        assertEquals(meant, Durations.parse(meant.toString()));
    }
}
