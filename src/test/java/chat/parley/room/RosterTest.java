package chat.parley.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.RoomName;
import chat.parley.protocol.ServerFrameDecoder;
import chat.parley.protocol.ServerMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a room is told of who is in it. What happens later is collected and run by hand. */
class RosterTest {

    private final RoomLog log = new RoomLog(4_096, 1L << 40, new RingMemory(1L << 40, () -> {}));
    private final List<Runnable> later = new ArrayList<>();
    private final List<Duration> delays = new ArrayList<>();

    @Test
    void aSmallRoomHearsOfEveryone() {
        Roster roster = roster(Duration.ofSeconds(5));

        roster.enter("anna");
        roster.enter("bert");
        roster.enter("anna");
        roster.leave("anna");
        roster.leave("anna");

        assertEquals(List.of("join anna 1 1", "join bert 2 2", "leave anna 3 1"), told());
        assertEquals(3, log.head().version());
        assertEquals(1, roster.count());
    }

    @Test
    void aDropIsToldWhenTheLingerIsOver() {
        Roster roster = roster(Duration.ofNanos(1));
        roster.enter("anna");

        roster.drop("anna");
        assertEquals(List.of("join anna 1 1"), told());
        assertEquals(1, roster.count());
        runLater();

        assertEquals(List.of("join anna 1 1", "leave anna 2 0"), told());
        assertEquals(List.of(Duration.ofNanos(1)), delays);
    }

    @Test
    void whoComesBackWithinTheLingerIsNotToldAtAll() {
        Roster roster = roster(Duration.ofNanos(1));
        roster.enter("anna");
        roster.drop("anna");

        roster.enter("anna");
        runLater();

        assertEquals(List.of("join anna 1 1"), told());
        assertEquals(1, roster.count());
    }

    @Test
    void withoutALingerADropIsALeave() {
        Roster roster = roster(Duration.ZERO);
        roster.enter("anna");

        roster.drop("anna");

        assertEquals(List.of("join anna 1 1", "leave anna 2 0"), told());
        assertEquals(0, later.size());
    }

    @Test
    void theHundredthIsToldSinglyAndTheNextByASummary() {
        Roster roster = roster(Duration.ofSeconds(5));
        enter(roster, 100);
        assertEquals("join user-099 100 100", told().get(99));

        roster.enter("zora");
        assertEquals(100, told().size(), "above a hundred nothing is told singly");
        assertEquals(101, log.head().version(), "but counted");
        runLater();

        assertEquals("members 101 101", told().get(100));
    }

    @Test
    void manyChangesOfALargeRoomAreOneSummaryASecond() {
        Roster roster = roster(Duration.ofSeconds(5));
        enter(roster, 150);

        assertEquals(1, later.size());
        assertEquals(Duration.ZERO, delays.get(0));
        long before = System.nanoTime();
        runLater();
        assertEquals("members 150 150", told().get(100));
        assertEquals(101, told().size());

        roster.enter("yara");
        roster.enter("zora");
        roster.leave("yara");
        assertEquals(2, later.size());
        Duration passed = Duration.ofNanos(System.nanoTime() - before);
        assertTrue(delays.get(1).plus(passed).toMillis() >= 1_000, delays::toString);
        runLater();

        assertEquals("members 153 151", told().get(101));
        assertEquals(102, told().size());
    }

    @Test
    void aRoomThatIsSmallAgainHearsOfEveryoneAgain() {
        Roster roster = roster(Duration.ofSeconds(5));
        enter(roster, 101);
        runLater();

        roster.leave("user-000");
        roster.leave("user-001");

        List<String> told = told();
        assertEquals(
                List.of("members 101 101", "leave user-000 102 100", "leave user-001 103 99"), told.subList(100, 103));
    }

    @Test
    void namesArePaged() {
        Roster roster = roster(Duration.ofSeconds(5));
        enter(roster, 5);

        ServerMessage.Members page = (ServerMessage.Members) read(roster.page("q", "user-000", 2));

        assertEquals("q", page.id());
        assertEquals(List.of("user-001", "user-002"), page.members());
        assertEquals(true, page.more());
        assertEquals(5, page.count());
        assertEquals(5, page.version());
    }

    private Roster roster(Duration linger) {
        return new Roster(log, new Words(new RoomName("lobby"), Clock.systemUTC()), linger, (delay, task) -> {
            delays.add(delay);
            later.add(task);
        });
    }

    private static void enter(Roster roster, int people) {
        for (int i = 0; i < people; i++) {
            roster.enter("user-%03d".formatted(i));
        }
    }

    /** Everything that waits now; each only once. */
    private void runLater() {
        for (int i = 0; i < later.size(); i++) {
            Runnable task = later.set(i, () -> {});
            task.run();
        }
    }

    private List<String> told() {
        List<String> told = new ArrayList<>();
        for (long position = 0; position < log.head().position(); position++) {
            RoomEvent event = log.get(position);
            told.add(event == null ? "dropped" : words(read(event.json())));
        }
        return told;
    }

    private static String words(ServerMessage message) {
        if (message instanceof ServerMessage.Join join) {
            return "join " + join.sender() + " " + join.version() + " " + join.count();
        }
        if (message instanceof ServerMessage.Leave leave) {
            return "leave " + leave.sender() + " " + leave.version() + " " + leave.count();
        }
        if (message instanceof ServerMessage.Members members) {
            return "members " + members.version() + " " + members.count();
        }
        return message.toString();
    }

    private static ServerMessage read(byte[] json) {
        return new ServerFrameDecoder()
                .decode(new String(json, StandardCharsets.UTF_8))
                .messages()
                .get(0);
    }
}
