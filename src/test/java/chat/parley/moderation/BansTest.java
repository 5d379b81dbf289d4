package chat.parley.moderation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import chat.parley.config.Network;
import chat.parley.identity.Identity;
import chat.parley.protocol.UserName;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class BansTest {

    private final Now now = new Now();
    private final Bans bans = new Bans(now);

    @Test
    void aUserIsBannedByKeyAndNobodyElse() {
        Ban ban = put(1, user("u1", "troll", false), null);

        assertEquals(ban, bans.of(new Identity("u1", new UserName("renamed"), false)));
        assertNull(bans.of(new Identity("u2", new UserName("troll"), false)));
        assertNull(bans.of(new Identity("g1", new UserName("troll"), true)));
        assertNull(bans.ofGuestName(new UserName("troll")));
    }

    @Test
    void aGuestIsBannedWithTheNameAndAllThatLookLikeIt() {
        Ban ban = put(1, user("g1", "bob", true), null);

        assertEquals(ban, bans.of(new Identity("g2", new UserName("bob"), true)));
        assertEquals(ban, bans.of(new Identity("g2", new UserName("b0b"), true)));
        assertEquals(ban, bans.ofGuestName(new UserName("b0b")));
        assertNull(bans.of(new Identity("g2", new UserName("bert"), true)));
        assertNull(bans.of(new Identity("u2", new UserName("bob"), false)), "an account is somebody else");
    }

    @Test
    void aKeyAloneTellsOfTheBanOfAGuestOnly() {
        Ban ban = put(1, user("g1", "bob", true), 1_000L);
        put(2, user("x:from-elsewhere", "carol", false), null);

        assertEquals(ban, bans.ofGuestKey("g1"));
        assertNull(bans.ofGuestKey("x:from-elsewhere"), "whoever can work out the key may not read why");
        assertNull(bans.ofGuestKey("bob"));
        now.millis = 1_000;
        assertNull(bans.ofGuestKey("g1"));
    }

    @Test
    void anAddressIsBannedWithItsRange() {
        Ban wide = put(1, addresses("10.0.0.0/8"), 2_000L);
        Ban narrow = put(2, addresses("10.1.0.0/16"), 1_000L);

        assertEquals(narrow, bans.ofAddress("10.1.2.3"));
        assertEquals(wide, bans.ofAddress("::ffff:10.2.2.3"));
        assertNull(bans.ofAddress("11.1.2.3"));
        assertNull(bans.ofAddress("unknown"));
        assertEquals(narrow, bans.of(new Identity("u1", new UserName("alice"), false), "10.1.2.3"));
        now.millis = 1_000;
        assertEquals(wide, bans.ofAddress("10.1.2.3"), "the narrow one is over, the wide one is not");
    }

    @Test
    void aBanEndsByItself() {
        put(1, user("g1", "bob", true), 1_000L);
        put(2, addresses("10.0.0.1"), 1_000L);
        Ban last = put(3, user("u1", "troll", false), 1_001L);
        now.millis = 999;
        assertEquals(3, bans.before(Long.MAX_VALUE, 10).size());

        now.millis = 1_000;

        assertNull(bans.of(new Identity("g1", new UserName("bob"), true)));
        assertNull(bans.ofAddress("10.0.0.1"));
        assertNull(bans.byId(1));
        assertEquals(List.of(last), bans.before(Long.MAX_VALUE, 10));
        bans.sweep();
        now.millis = 0; // what is swept does not come back, whatever the clock does
        assertEquals(List.of(last), bans.before(Long.MAX_VALUE, 10));
    }

    @Test
    void anotherBanOfTheSameTakesThePlaceOfTheFirst() {
        Ban first = put(1, user("g1", "bob", true), null);
        put(2, addresses("10.0.0.0/8"), null);
        Ban second = put(3, user("g1", "bob", true), 5_000L);
        Ban range = put(4, addresses("10.0.0.0/8"), null);

        bans.remove(first);

        assertEquals(List.of(range, second), bans.before(Long.MAX_VALUE, 10));
        assertEquals(second, bans.of(new Identity("g2", new UserName("b0b"), true)));
        assertEquals(range, bans.ofAddress("10.0.0.1"));
    }

    @Test
    void aLiftedBanIsFoundNoMore() {
        Ban user = put(1, user("g1", "bob", true), null);
        Ban range = put(2, addresses("2001:db8::/64"), null);
        assertNotNull(bans.user(new UserName("bob")));

        bans.remove(user);
        bans.remove(range);

        assertNull(bans.of(new Identity("g1", new UserName("bob"), true)));
        assertNull(bans.ofAddress("2001:db8::1"));
        assertNull(bans.user(new UserName("bob")));
    }

    @Test
    void whatIsReadFromTheStoreTakesThePlaceOfEverything() {
        Ban gone = put(1, user("u1", "one", false), null);
        Ban stays = put(2, addresses("10.0.0.1"), null);
        Ban comes = new Ban(3, user("u3", "three", false), "spam", 0, null, "alice");

        bans.replaceAll(List.of(stays, comes));

        assertEquals(List.of(comes, stays), bans.before(Long.MAX_VALUE, 10));
        assertNull(bans.byId(gone.id()));
        assertNull(bans.of(new Identity("u1", new UserName("one"), false)));
        assertEquals(stays, bans.ofAddress("10.0.0.1"));
    }

    @Test
    void aNameOfAnOlderParleyDoesNotEndTheBan() {
        Ban ban = put(1, user("g1", "not a name any more", true), null);

        assertEquals(ban, bans.of(new Identity("g1", new UserName("bob"), true)));
    }

    private Ban put(long id, Target target, Long until) {
        Ban ban = new Ban(id, target, "spam", 0, until, "alice");
        bans.put(ban);
        return ban;
    }

    private static Target user(String key, String name, boolean guest) {
        return new Target.User(key, name, guest);
    }

    private static Target addresses(String network) {
        return new Target.Addresses(Network.parse(network));
    }

    /** A clock that is set. */
    private static final class Now extends Clock {
        private long millis;

        @Override
        public long millis() {
            return millis;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
