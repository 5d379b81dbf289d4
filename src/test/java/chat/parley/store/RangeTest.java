package chat.parley.store;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class RangeTest {

    @Test
    void boundsThatCannotBeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Range(-1, 5, 1, true));
        assertThrows(IllegalArgumentException.class, () -> new Range(0, 0, 1, true));
        assertThrows(IllegalArgumentException.class, () -> new Range(0, 5, 0, true));
    }
}
