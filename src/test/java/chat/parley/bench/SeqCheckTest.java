package chat.parley.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What each kind of wrong delivery counts as. */
class SeqCheckTest {
    private final SeqCheck check = new SeqCheck();

    @Test
    void whatComesInOrderIsFine() {
        deliver(11, 12, 13);
        assertCounts(0, 0, 0);
    }

    @Test
    void aHoleIsLost() {
        deliver(11, 14);
        assertCounts(2, 0, 0);
    }

    @Test
    void aSwapIsOutOfOrderAndNotLost() {
        deliver(11, 13, 12, 14);
        assertCounts(0, 0, 1);
    }

    @Test
    void aRepeatIsDoubled() {
        deliver(11, 12, 12, 11);
        assertCounts(0, 2, 0);
    }

    @Test
    void aLateOneThatComesTwiceIsBoth() {
        deliver(12, 11, 11);
        assertCounts(0, 1, 1);
    }

    @Test
    void anAnnouncedGapIsNoLoss() {
        deliver(11);
        check.gap(12, 20);
        check.accept(21);

        assertCounts(0, 0, 0);
        assertEquals(1, check.gaps());
        assertEquals(9, check.skipped());
    }

    @Test
    void whatTheGapDoesNotNameIsLost() {
        deliver(11);
        check.gap(14, 20);
        assertCounts(2, 0, 0);
        assertEquals(7, check.skipped());
    }

    @Test
    void aGapOfNoticesMovesNothing() {
        deliver(11);
        check.gap(0, 0);
        check.accept(12);
        assertCounts(0, 0, 0);
        assertEquals(0, check.skipped());
    }

    @Test
    void whatNeverCameIsLost() {
        deliver(11);
        check.end(15);
        assertCounts(4, 0, 0);
    }

    private void deliver(long... seqs) {
        check.startAfter(10);
        for (long seq : seqs) {
            check.accept(seq);
        }
    }

    private void assertCounts(long lost, long doubled, long outOfOrder) {
        assertEquals(lost, check.lost(), "lost");
        assertEquals(doubled, check.doubled(), "doubled");
        assertEquals(outOfOrder, check.outOfOrder(), "out of order");
    }
}
