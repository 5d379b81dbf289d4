package chat.parley.moderation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReasonsTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "  ",
                "a\nb",
                "a\r\nLocation: x",
                "a\u0000",
                "a\u001b[2J",
                "a\u007f",
                "a\u0085b",
                "a\u2028b",
                "a\u202eb",
                "a\u2066b",
                "a\ud800"
            })
    void whatIsNoPlainLineIsRefused(String written) {
        assertEquals(
                ModerationException.Reason.BAD_REQUEST,
                assertThrows(ModerationException.class, () -> Reasons.parse(written))
                        .reason());
    }

    @Test
    void aReasonHasAtMostTwoHundredBytes() throws Exception {
        assertEquals("\u20ac".repeat(66) + "ab", Reasons.parse("\u20ac".repeat(66) + "ab"));
        assertThrows(ModerationException.class, () -> Reasons.parse("\u20ac".repeat(67)));
    }

    @Test
    void whatPeopleWriteIsKeptAsItIs() throws Exception {
        String family = "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67";

        assertEquals("\"quoted\" <b> {} " + family, Reasons.parse("  \"quoted\" <b> {} " + family + " "));
    }
}
