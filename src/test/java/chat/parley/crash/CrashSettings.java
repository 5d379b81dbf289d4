package chat.parley.crash;

import java.nio.file.Path;
import java.util.Map;

/** How all servers of these tests are set up: no limit of rates and names, and so little memory that members fall behind. */
final class CrashSettings {

    private CrashSettings() {}

    static Map<String, String> of(Path file) {
        return Map.of(
                "parley.store.url", "jdbc:sqlite:" + file,
                "parley.limits.messages-per-second", "0",
                "parley.limits.joins-per-minute", "0",
                "parley.limits.new-rooms-per-hour", "0",
                "parley.limits.guest-names-per-address", "0",
                "parley.rooms.ring", "256",
                "parley.drain", "1s");
    }
}
