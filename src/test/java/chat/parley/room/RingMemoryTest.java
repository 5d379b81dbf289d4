package chat.parley.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RingMemoryTest {

    private final AtomicInteger reliefs = new AtomicInteger();
    private final RingMemory memory = new RingMemory(1_000, reliefs::incrementAndGet);

    @Test
    void reliefIsAskedForOnceUntilItHasCome() {
        memory.add(1_000);
        assertEquals(0, reliefs.get());
        assertFalse(memory.isExceeded());

        memory.add(1);
        memory.add(1);
        assertEquals(1, reliefs.get());
        assertTrue(memory.isExceeded());

        memory.relieved();
        memory.add(1);
        assertEquals(2, reliefs.get());
    }

    @Test
    void givingBackNeverAsksForRelief() {
        memory.add(2_000);
        memory.relieved();

        memory.add(-500);

        assertEquals(1, reliefs.get());
        assertEquals(1_500, memory.used());
    }

    @Test
    void reliefGoesOnUntilATenthIsFree() {
        memory.add(950);
        assertEquals(50, memory.excess());

        memory.add(-50);
        assertEquals(0, memory.excess());
    }
}
