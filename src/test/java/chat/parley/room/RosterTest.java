package chat.parley.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
    private final List<String> registered = new ArrayList<>();

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
    void whoIsHereAndElsewhereComesWithTheFirstAndGoesWithTheLast() {
        Roster roster = roster(Duration.ofSeconds(5));

        roster.enter("anna");
        elsewhere(roster, List.of("anna", "bert"), List.of());
        roster.leave("anna");
        roster.enter("bert");
        elsewhere(roster, List.of(), List.of("anna", "bert"));
        roster.leave("bert");

        assertEquals(List.of("join anna 1 1", "join bert 2 2", "leave anna 3 1", "leave bert 4 0"), told());
        assertEquals(List.of("+anna", "-anna", "+bert", "-bert"), registered, "only those of this server");
        assertEquals(0, roster.count());
    }

    @Test
    void whoDropsHereAndIsElsewhereIsRegisteredUntilTheLingerIsOverAndIsNotTold() {
        Roster roster = roster(Duration.ofNanos(1));
        roster.enter("anna");
        roster.drop("anna");
        elsewhere(roster, List.of("anna"), List.of());
        assertTrue(roster.isOccupied());
        assertEquals(List.of("+anna"), registered);
        runLater();

        assertEquals(List.of("+anna", "-anna"), registered);
        assertEquals(List.of("join anna 1 1"), told());
        assertEquals(1, roster.count());
        assertFalse(roster.isOccupied());
    }

    @Test
    void thatSomebodyIsElsewhereMayBeToldTwice() {
        Roster roster = roster(Duration.ofSeconds(5));

        elsewhere(roster, List.of("anna"), List.of());
        elsewhere(roster, List.of("anna"), List.of("bert"));
        elsewhere(roster, List.of(), List.of("anna"));
        elsewhere(roster, List.of(), List.of("anna"));

        assertEquals(List.of("join anna 1 1", "leave anna 2 0"), told());
    }

    @Test
    void aThousandWhoLeaveAtOnceAreOneSummary() {
        Roster roster = roster(Duration.ofSeconds(5));
        List<String> thousand = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            thousand.add("user-%03d".formatted(i));
        }
        roster.enter("anna");
        elsewhere(roster, thousand, List.of());
        runLater();
        int before = told().size();
        assertEquals("members 1001 1001", told().get(before - 1));

        elsewhere(roster, List.of(), thousand);
        runLater();

        assertEquals(List.of("members 2001 1"), told().subList(before, told().size()));
        assertEquals(1, roster.count());
    }

    @Test
    void aSmallRoomHearsOfEachOfThoseWhoLeaveAtOnce() {
        Roster roster = roster(Duration.ofSeconds(5));
        elsewhere(roster, List.of("anna", "bert", "carl"), List.of());

        elsewhere(roster, List.of("dora"), List.of("anna", "bert"));

        assertEquals(List.of("join dora 4 4", "leave anna 5 3", "leave bert 6 2"), told().subList(3, 6));
    }

    @Test
    void whoWasElsewhereBeforeAnybodyCameIsCountedButNotTold() {
        Roster roster = roster(Duration.ofSeconds(5));

        roster.elsewhere(List.of("anna", "bert"), List.of(), true);
        roster.enter("carl");

        assertEquals(List.of("join carl 3 3"), told());
        assertEquals(3, log.head().version());
    }

    @Test
    void typingElsewhereIsToldAsOftenAsTypingHere() {
        Roster roster = roster(Duration.ofSeconds(5));

        roster.typingElsewhere("anna", 10_000);
        roster.typingElsewhere("bert", 10_999);
        roster.typingElsewhere("bert", 11_000);
        enter(roster, 101);
        int before = told().size();
        roster.typingElsewhere("bert", 20_000);

        assertEquals(2, told().stream().filter(told -> told.contains("Typing")).count());
        assertEquals(before, told().size());
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
        return new Roster(
                log,
                new Words(new RoomName("lobby"), Clock.systemUTC()),
                linger,
                (delay, task) -> {
                    delays.add(delay);
                    later.add(task);
                },
                (name, isHere) -> registered.add((isHere ? "+" : "-") + name));
    }

    private static void elsewhere(Roster roster, List<String> came, List<String> went) {
        roster.elsewhere(came, went, false);
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
