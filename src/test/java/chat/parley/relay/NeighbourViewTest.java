package chat.parley.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is made of what was read, and of changes that come, do not come, or come twice. */
class NeighbourViewTest {

    private final NeighbourView view = new NeighbourView("me");

    @Test
    void aChangeThatFollowsIsTaken() {
        read(10, Map.of("a", List.of("anna")), true);

        NeighbourView.Change change = hear("b", 10, 11, "+bert", "+anna");

        assertEquals(Set.of("bert"), change.came());
        assertFalse(change.readAgain());
        assertEquals(Set.of("anna", "bert"), view.names());
        assertTrue(hear("a", 11, 12, "-anna").isNothing(), "she is on another one too");
        assertEquals(Set.of("anna"), hear("b", 12, 13, "-anna").went());
    }

    @Test
    void aHoleAsksForAReading() {
        read(10, Map.of("a", List.of("anna")), true);

        NeighbourView.Change change = hear("a", 11, 12, "+bert");

        assertTrue(change.readAgain());
        assertTrue(change.isNothing());
    }

    @Test
    void whatIsOldIsNothing() {
        read(10, Map.of("a", List.of("anna")), true);
        hear("a", 10, 11, "-anna");

        assertTrue(hear("a", 10, 11, "+anna").isNothing());
        assertEquals(Set.of(), view.names());
    }

    @Test
    void changesWaitWhileItIsReadAndAreTakenInOrder() {
        read(10, Map.of("a", List.of("anna")), true);
        view.startReading();
        assertTrue(hear("a", 12, 13, "-carl").isNothing());
        assertTrue(hear("a", 11, 12, "+carl", "+dora").isNothing());
        assertTrue(hear("a", 9, 10, "+emil").isNothing());

        NeighbourView.Change change = read(11, Map.of("a", List.of("anna", "bert")), true);

        assertEquals(Set.of("bert", "dora"), change.came());
        assertFalse(change.readAgain());
    }

    @Test
    void ofTwoReadingsUnderWayOnlyTheLastCounts() {
        view.startReading();
        long first = view.readings();
        view.startReading();
        long last = view.readings();

        assertTrue(view.read(first, 10, Map.of("a", List.of("anna")), true).isNothing());
        assertTrue(hear("a", 20, 21, "+carl").isNothing(), "it waits for the other one");
        NeighbourView.Change change = view.read(last, 20, Map.of("a", List.of("bert")), true);

        assertEquals(Set.of("bert", "carl"), change.came());
        assertTrue(view.read(first, 10, Map.of(), true).isNothing());
        assertEquals(Set.of("bert", "carl"), view.names());
    }

    @Test
    void whatWasBeingReadDoesNotCountOnceThatWasStopped() {
        view.startReading();
        long stopped = view.readings();
        view.stopReading();
        hear("a", 0, 21, "+carl");

        assertTrue(view.read(stopped, 10, Map.of(), true).isNothing());
        assertEquals(Set.of("carl"), view.names());
    }

    @Test
    void aServerThatHasNobodyAnyMoreTakesItsPeopleAlong() {
        read(10, Map.of("a", List.of("anna", "bert"), "b", List.of("bert")), true);

        assertEquals(Set.of("anna"), hear("a", 10, 11, Notice.NOBODY).went());
        assertEquals(Set.of("bert"), view.names());
    }

    @Test
    void whatThisServerToldItselfOnlyCounts() {
        read(10, Map.of("a", List.of("anna"), "me", List.of("myself")), true);

        assertTrue(hear("me", 10, 11, "+another").isNothing());
        assertEquals(Set.of("anna"), view.names());
        assertFalse(hear("a", 11, 12, "+bert").readAgain());
    }

    @Test
    void theFirstInARoomThatNobodyWasInNeedsNoReading() {
        read(10, Map.of(), true);

        NeighbourView.Change change = hear("a", 0, 500, "+anna");

        assertEquals(Set.of("anna"), change.came());
        assertFalse(change.readAgain());
        assertTrue(hear("a", 0, 900, "+bert").readAgain(), "somebody was in it");
    }

    @Test
    void whoIsNotFoundInDoubtIsShownUntilTheNextReading() {
        read(10, Map.of("a", List.of("anna"), "b", List.of("bert")), true);

        assertTrue(read(20, Map.of("a", List.of("anna")), false).isNothing());
        assertTrue(view.isDoubtful());
        NeighbourView.Change change = read(21, Map.of("a", List.of("anna")), true);

        assertEquals(Set.of("bert"), change.went());
        assertFalse(view.isDoubtful());
    }

    @Test
    void ofTooManyChangesWhileItIsReadItIsReadAgain() {
        view.startReading();
        for (int i = 1; i <= 1_001; i++) {
            hear("a", i, i + 1, "+user-" + i);
        }

        assertTrue(read(1, Map.of(), true).readAgain());
    }

    @Test
    void everybodyCanBeForgotten() {
        read(10, Map.of("a", List.of("anna")), true);

        assertEquals(Set.of("anna"), view.forget().went());
        assertTrue(view.forget().isNothing());
    }

    private NeighbourView.Change read(long version, Map<String, List<String>> found, boolean believing) {
        return view.read(view.readings(), version, found, believing);
    }

    private NeighbourView.Change hear(String server, long before, long version, String... changes) {
        return view.hear(new Notice(server, before, version, List.of(changes)));
    }
}
