package chat.parley.crash;

import chat.parley.verify.Access;
import chat.parley.verify.Plan;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** How all servers of these tests are set up: no limit of rates and names, and so little memory that members fall behind. */
final class CrashSettings {

    private CrashSettings() {}

    /** Over a SQLite file. */
    static Map<String, String> of(Path file) {
        return of("jdbc:sqlite:" + file);
    }

    static Map<String, String> of(String url) {
        return Map.of(
                "parley.store.url", url,
                "parley.limits.messages-per-second", "0",
                "parley.limits.joins-per-minute", "0",
                "parley.limits.new-rooms-per-hour", "0",
                "parley.limits.guest-names-per-address", "0",
                "parley.rooms.ring", "256",
                "parley.drain", "1s");
    }

    /** People who talk as fast as they are answered, for as long as they are let. */
    static Plan plan(int port, int people, int rooms, Duration stay) {
        return plan(port, people, rooms, stay, Duration.ofSeconds(20));
    }

    /** The same, with so much time for everybody to hear of what they sent, and once more to read to the end. */
    static Plan plan(int port, int people, int rooms, Duration stay, Duration settle) {
        return new Plan(
                List.of(URI.create("ws://127.0.0.1:" + port + "/chat")),
                people,
                rooms,
                0,
                600,
                stay,
                settle,
                null,
                Access.GUESTS,
                ThreadLocalRandom.current().nextInt(1_000_000));
    }
}
