package chat.parley.relay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnnouncementTest {

    private static final byte[] EVENT = "{}".getBytes(StandardCharsets.UTF_8);

    @Test
    void whatIsEncodedIsDecoded() {
        Announcement decoded = Announcement.decode(new Announcement(-7, Long.MAX_VALUE, EVENT).encode());

        assertNotNull(decoded);
        assertEquals(-7, decoded.node());
        assertEquals(Long.MAX_VALUE, decoded.seq());
        assertArrayEquals(EVENT, decoded.event());
    }

    @Test
    void whatIsNoneIsLeftAlone() {
        byte[] later = new Announcement(1, 1, EVENT).encode();
        later[0]++;

        assertNull(Announcement.decode(later), "another format");
        assertNull(Announcement.decode(new byte[0]));
        assertNull(Announcement.decode(new byte[] {1, 0}), "cut off");
        assertNull(Announcement.decode(new Announcement(1, 0, EVENT).encode()), "there is no seq 0");
        assertNull(Announcement.decode(new Announcement(1, 1, new byte[0]).encode()), "no event");
    }
}
