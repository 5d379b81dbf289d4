package chat.parley.relay;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of who is in a room, as a Redis publishes it: the scripts write it.
 *
 * @param server whose people they are
 * @param before the version of the room that this follows; 0 when nobody was in it
 * @param version the room's version now
 * @param changes {@code +name} or {@code -name} for each; or only {@link #NOBODY}
 */
record Notice(String server, long before, long version, List<String> changes) {

    /** The first byte of the frame. */
    static final byte KIND = 2;

    /** The server has nobody in the room any more. */
    static final String NOBODY = "!";

    /** What was published; null when it is no such thing. */
    static @Nullable Notice decode(byte[] frame) {
        String[] lines = new String(frame, 1, frame.length - 1, StandardCharsets.UTF_8).split("\n");
        try {
            return lines.length < 4
                    ? null
                    : new Notice(
                            lines[0],
                            Long.parseLong(lines[1]),
                            Long.parseLong(lines[2]),
                            Arrays.asList(lines).subList(3, lines.length));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
