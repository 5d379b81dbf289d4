package chat.parley.endpoint;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;

class TurnTest {

    @Test
    void theCallerGoesOnAfterACompletionThatCameFirst() {
        Turn turn = new Turn();
        turn.begin();

        assertFalse(turn.completed());
        assertTrue(turn.hasCompleted());
    }

    @Test
    void theCompletionGoesOnAfterACallThatReturnedFirst() {
        Turn turn = new Turn();
        turn.begin();

        assertFalse(turn.hasCompleted());
        assertTrue(turn.completed());
    }

    @Test
    void whateverComesFirstExactlyOneGoesOn() {
        Lincheck.runConcurrentTest(1_000, () -> {
            Turn turn = new Turn();
            AtomicInteger goOn = new AtomicInteger();
            turn.begin();
            Thread completion = new Thread(() -> {
                if (turn.completed()) {
                    goOn.incrementAndGet();
                }
            });
            completion.start();
            if (turn.hasCompleted()) {
                goOn.incrementAndGet();
            }
            try {
                completion.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (goOn.get() != 1) {
                throw new AssertionError(goOn.get() + " go on");
            }
        });
    }
}
