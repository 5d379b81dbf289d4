package chat.parley.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.bench.Timetable.Stage;
import org.junit.jupiter.api.Test;

/** When messages are due; the clock is given. */
class PaceTest {
    private static final long BEGIN = 1_000_000;
    private static final long MILLI = 1_000_000;

    private final Timetable timetable = new Timetable();

    @Test
    void anOpenLoopKeepsTheIntendedTimeHoweverLateItIs() {
        begin();
        OpenPace pace = new OpenPace(timetable, 1000, 0, 1);

        assertEquals(BEGIN, pace.due(BEGIN + 5 * MILLI));
        pace.sent();
        assertEquals(BEGIN + MILLI, pace.due(BEGIN + 5 * MILLI));
        pace.sent();
        assertEquals(Pace.NOT_YET, pace.due(BEGIN + 2 * MILLI - 1));
        assertEquals(BEGIN + 2 * MILLI, pace.due(BEGIN + 2 * MILLI));
    }

    @Test
    void threadsOfAnOpenLoopTakeTurns() {
        begin();
        OpenPace second = new OpenPace(timetable, 1000, 1, 2);

        assertEquals(BEGIN + MILLI, second.due(BEGIN + 9 * MILLI));
        second.sent();
        assertEquals(BEGIN + 3 * MILLI, second.due(BEGIN + 9 * MILLI));
    }

    @Test
    void afterARestartAnOpenLoopForgetsWhatCouldNotBeSent() {
        begin();
        OpenPace pace = new OpenPace(timetable, 1000, 0, 1);
        pace.sent();
        pace.sent();

        timetable.moveTo(Stage.RETURNING, BEGIN + 900 * MILLI);
        pace.startAgain();

        assertEquals(BEGIN + 900 * MILLI, pace.due(BEGIN + 901 * MILLI));
    }

    @Test
    void anOpenLoopSaysWhatWasDueAndNeverSent() {
        begin();
        OpenPace pace = new OpenPace(timetable, 1000, 0, 1);
        assertEquals(0, pace.unsent());
        timetable.measure(BEGIN, BEGIN + 10 * MILLI);

        for (int i = 0; i < 4; i++) {
            pace.sent();
        }
        assertEquals(6, pace.unsent());
        for (int i = 0; i < 6; i++) {
            pace.sent();
        }
        assertEquals(0, pace.unsent());
    }

    @Test
    void anOpenLoopEndsWithTheMeasurement() {
        begin();
        OpenPace pace = new OpenPace(timetable, 1000, 0, 1);
        timetable.measure(BEGIN, BEGIN + MILLI);

        assertEquals(BEGIN, pace.due(BEGIN + 9 * MILLI));
        pace.sent();
        assertEquals(Pace.NOT_YET, pace.due(BEGIN + 9 * MILLI));
    }

    @Test
    void aClosedLoopSendsTheNextWhenOneCameBack() {
        begin();
        ClosedPace pace = new ClosedPace(timetable, 1);

        assertEquals(BEGIN, pace.due(BEGIN));
        pace.sent();
        assertEquals(Pace.NOT_YET, pace.due(BEGIN + MILLI));
        pace.done(1);
        assertEquals(BEGIN + MILLI, pace.due(BEGIN + MILLI));
    }

    @Test
    void aClosedLoopLeavesAServerAloneThatRefused() {
        begin();
        ClosedPace pace = new ClosedPace(timetable, 1);
        pace.sent();

        pace.refused(BEGIN);

        assertEquals(Pace.NOT_YET, pace.due(BEGIN + 99 * MILLI));
        assertEquals(BEGIN + 100 * MILLI, pace.due(BEGIN + 100 * MILLI));
    }

    private void begin() {
        timetable.moveTo(Stage.SENDING, BEGIN);
    }
}
