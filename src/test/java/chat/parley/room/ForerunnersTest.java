package chat.parley.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Until when a join waits that is ahead of what is known here. */
class ForerunnersTest {

    private final Forerunners forerunners = new Forerunners();

    @Test
    void whoIsLookedForIsNotAnsweredByWhatWasReadBefore() {
        ahead(7);
        assertTrue(forerunners.startAsking());

        forerunners.believeOnly(3);
        assertReady(0, 3);
        forerunners.answered(9);

        assertReady(0, 6);
        assertReady(1, 7);
    }

    @Test
    void whatEndsBelowALookIsLookedForAgain() {
        ahead(7);
        assertTrue(forerunners.startAsking());
        forerunners.answered(9);
        assertFalse(forerunners.startAsking());

        forerunners.believeOnly(3);
        assertReady(0, 3);
        assertTrue(forerunners.startAsking());
        forerunners.answered(9);

        assertReady(1, 7);
    }

    @Test
    void whoWasPromisedTooMuchTwiceDoesNotWaitForEver() {
        ahead(7);
        for (int look = 0; look < 2; look++) {
            assertTrue(forerunners.startAsking());
            forerunners.answered(9);
            forerunners.believeOnly(3);
        }

        assertFalse(forerunners.startAsking());
        assertReady(1, 3);
    }

    private void ahead(long target) {
        forerunners.add(null, null, target);
    }

    private void assertReady(int count, long seq) {
        assertEquals(count, forerunners.takeUpTo(seq).size());
    }
}
