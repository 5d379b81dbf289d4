package chat.parley.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.bench.Comeback.Sent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When somebody who came back misses nothing. */
class ComebackTest {
    private final Comeback comeback = new Comeback();

    @Test
    void whatWasNotAnsweredIsSentAgainInItsOrder() {
        comeback.sent(1, 10);
        comeback.sent(2, 20);
        comeback.sent(3, 30);
        comeback.answered(2);
        comeback.answered(2);

        List<Sent> again = new ArrayList<>();
        comeback.toResend().forEach(again::add);
        assertEquals(List.of(new Sent(1, 10), new Sent(3, 30)), again);
    }

    @Test
    void itIsCompleteWithWhatItWasPromisedAndAllAnswers() {
        comeback.sent(1, 10);
        comeback.promise(7);

        assertFalse(comeback.isComplete(8));
        comeback.answered(1);
        assertFalse(comeback.isComplete(7));
        assertTrue(comeback.isComplete(8));
    }
}
