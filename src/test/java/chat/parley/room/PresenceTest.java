package chat.parley.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PresenceTest {

    private final Presence presence = new Presence();

    @Test
    void aPersonIsOneEntryHoweverManyConnections() {
        assertTrue(presence.enter("anna"));
        assertFalse(presence.enter("anna"));
        assertEquals(1, presence.count());

        assertFalse(presence.leave("anna"));
        assertEquals(1, presence.count());
        assertTrue(presence.leave("anna"));
        assertEquals(0, presence.count());
    }

    @Test
    void everyChangeThatIsSeenHasTheNextVersion() {
        presence.enter("anna");
        presence.enter("anna");
        presence.enter("bert");
        assertEquals(2, presence.version());

        presence.leave("anna");
        assertEquals(2, presence.version());
        presence.leave("anna");
        assertEquals(3, presence.version());
    }

    @Test
    void whoDroppedIsStillThereUntilTheTimeIsOver() {
        presence.enter("anna");

        assertTrue(presence.drop("anna", 1_000));

        assertFalse(presence.expire("anna", 999));
        assertEquals(1, presence.count());
        assertEquals(1, presence.version());
        assertTrue(presence.expire("anna", 1_000));
        assertEquals(0, presence.count());
        assertEquals(2, presence.version());
        assertFalse(presence.expire("anna", 1_001));
    }

    @Test
    void whoComesBackInTimeNeverWasAway() {
        presence.enter("anna");
        presence.drop("anna", 1_000);

        assertFalse(presence.enter("anna"));

        assertFalse(presence.expire("anna", 5_000));
        assertEquals(1, presence.version());
    }

    @Test
    void aSecondDropLingersFromThen() {
        presence.enter("anna");
        presence.drop("anna", 1_000);
        presence.enter("anna");
        presence.drop("anna", 2_000);

        assertFalse(presence.expire("anna", 1_500), "the first drop's end is not the second's");
        assertTrue(presence.expire("anna", 2_000));
    }

    @Test
    void aDropOfOneOfTwoConnectionsIsNothing() {
        presence.enter("anna");
        presence.enter("anna");

        assertFalse(presence.drop("anna", 1_000));

        assertFalse(presence.expire("anna", 5_000));
        assertTrue(presence.leave("anna"));
    }

    @Test
    void whoIsElsewhereIsOneEntryToo() {
        assertTrue(presence.enterElsewhere("anna"));
        assertFalse(presence.enter("anna"));
        assertEquals(1, presence.count());
        assertEquals(1, presence.own());

        assertFalse(presence.leaveElsewhere("anna"));
        assertTrue(presence.leave("anna"));
        assertEquals(0, presence.count());
        assertEquals(0, presence.own());
        assertEquals(2, presence.version());
    }

    @Test
    void whoLingersIsOwn() {
        presence.enter("anna");
        presence.enterElsewhere("anna");
        presence.drop("anna", 1_000);
        assertTrue(presence.isOwn("anna"));
        assertFalse(presence.leave("anna"), "there is no connection left");

        assertFalse(presence.leaveElsewhere("anna"));

        assertTrue(presence.expire("anna", 1_000));
        assertFalse(presence.isOwn("anna"));
    }

    @Test
    void theTimeMayOverflow() {
        presence.enter("anna");
        presence.drop("anna", Long.MAX_VALUE + 100); // nanoTime has no origin

        assertFalse(presence.expire("anna", Long.MAX_VALUE));
        assertTrue(presence.expire("anna", Long.MIN_VALUE + 200));
    }

    @Test
    void namesComeInOrderPageByPage() {
        for (String name : List.of("emil", "dora", "carl", "bert", "anna")) {
            presence.enter(name);
        }

        assertEquals(new Presence.Names(List.of("anna", "bert"), true), presence.names(null, 2));
        assertEquals(new Presence.Names(List.of("carl", "dora"), true), presence.names("bert", 2));
        assertEquals(new Presence.Names(List.of("emil"), false), presence.names("dora", 2));
        assertEquals(new Presence.Names(List.of("dora", "emil"), false), presence.names("carl", 2));
        assertEquals(new Presence.Names(List.of("bert"), true), presence.names("annika", 1));
        assertEquals(new Presence.Names(List.of(), false), presence.names("emil", 2));
    }
}
