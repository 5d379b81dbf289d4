package chat.parley.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How often what fails is tried again. */
class PausesTest {

    private final Pauses<String> pauses = new Pauses<>();

    @Test
    void whatGoesOnFailingIsTriedAfterLongerAndLongerPausesOfAMinuteAtMost() {
        List<Integer> tried = new ArrayList<>();
        pauses.failed("a", at(0));
        for (int second = 0; second < 260; second++) {
            if (!pauses.due(at(second)).isEmpty()) {
                tried.add(second);
                pauses.failed("a", at(second));
                pauses.failed("a", at(second));
            }
        }

        assertEquals(List.of(1, 3, 7, 15, 31, 63, 123, 183, 243), tried);
    }

    @Test
    void whatWentWellAgainBeginsWithAShortPauseWhenItFails() {
        pauses.failed("a", at(0));
        pauses.due(at(1));
        pauses.failed("a", at(1));
        assertTrue(pauses.isPausing("a"));
        assertEquals(List.of("a"), pauses.due(at(3)));
        assertFalse(pauses.isPausing("a"));
        pauses.due(at(14));
        assertTrue(pauses.isEmpty());

        pauses.failed("a", at(20));

        assertEquals(List.of("a"), pauses.due(at(21)));
    }

    private static long at(int second) {
        return TimeUnit.SECONDS.toNanos(second) + Long.MAX_VALUE - 5;
    }
}
