package chat.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ModerationStore} promises. A backend's test extends this and says how an empty one is opened. */
abstract class ModerationStoreContract {

    private static final long NOW = 1_000_000;

    private MessageStore store;
    private ModerationStore moderation;

    abstract MessageStore open();

    @BeforeEach
    void openAnEmptyOne() {
        store = open();
        moderation = store.moderation();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aBanComesBackAsItWasMadeTogetherWithTheAct() throws StoreException {
        StoredBan ofUser = moderation.ban(user("u1", "troll", NOW + 5), act("ban", "troll", NOW + 5));
        StoredBan ofNetwork = moderation.ban(network("2001:db8::/64"), act("ban", "2001:db8::/64", null));

        assertEquals(List.of(ofUser, ofNetwork), moderation.bans());
        assertEquals(user("u1", "troll", NOW + 5).withId(ofUser.id()), ofUser);
        assertEquals(network("2001:db8::/64").withId(ofNetwork.id()), ofNetwork);
        List<StoredAct> acts = moderation.acts(Long.MAX_VALUE, 10);
        assertEquals(
                List.of(
                        act("ban", "2001:db8::/64", null)
                                .ofBan(ofNetwork.id())
                                .withId(acts.get(0).id()),
                        act("ban", "troll", NOW + 5)
                                .ofBan(ofUser.id())
                                .withId(acts.get(1).id())),
                acts);
    }

    @Test
    void anotherBanOfTheSameTakesThePlaceOfTheFirst() throws StoreException {
        long first = moderation
                .ban(user("u1", "troll", null), act("ban", "troll", null))
                .id();
        moderation.ban(network("10.0.0.0/8"), act("ban", "10.0.0.0/8", null));

        StoredBan second = moderation.ban(user("u1", "troll", NOW), act("ban", "troll", NOW));
        StoredBan wide = moderation.ban(network("10.0.0.0/8"), act("ban", "10.0.0.0/8", null));

        assertTrue(second.id() > first);
        assertEquals(List.of(second, wide), moderation.bans());
        assertEquals(4, moderation.acts(Long.MAX_VALUE, 10).size(), "what was done stays told");
    }

    @Test
    void aLiftedBanIsGoneOnceAndItsIdIsNeverGivenAgain() throws StoreException {
        long id = moderation
                .ban(user("u1", "troll", null), act("ban", "troll", null))
                .id();

        assertTrue(moderation.lift(id, act("lift", "troll", null)));
        assertFalse(moderation.lift(id, act("lift", "troll", null)));

        assertEquals(List.of(), moderation.bans());
        assertEquals(List.of("lift", "ban"), told());
        assertEquals(id, moderation.acts(Long.MAX_VALUE, 1).get(0).ban());
        assertTrue(moderation
                        .ban(user("u1", "troll", null), act("ban", "troll", null))
                        .id()
                > id);
    }

    @Test
    void whatEndedIsForgottenWithoutAnAct() throws StoreException {
        moderation.ban(user("u1", "one", NOW), act("ban", "one", NOW));
        StoredBan later = moderation.ban(user("u2", "two", NOW + 1), act("ban", "two", NOW + 1));
        StoredBan never = moderation.ban(user("u3", "three", null), act("ban", "three", null));

        moderation.forgetBans(NOW + 1);

        assertEquals(List.of(later, never), moderation.bans());
        assertEquals(3, told().size());
    }

    @Test
    void actsAreToldPageByPageTheNewestFirst() throws StoreException {
        for (String object : List.of("a", "b", "c", "d", "e")) {
            moderation.add(act("kick", object, null));
        }

        List<StoredAct> first = moderation.acts(Long.MAX_VALUE, 2);
        List<StoredAct> second = moderation.acts(first.get(1).id(), 2);
        List<StoredAct> third = moderation.acts(second.get(1).id(), 2);

        assertEquals(List.of("e", "d"), first.stream().map(StoredAct::object).toList());
        assertEquals(List.of("c", "b"), second.stream().map(StoredAct::object).toList());
        assertEquals(List.of("a"), third.stream().map(StoredAct::object).toList());
        assertEquals(List.of(), moderation.acts(third.get(0).id(), 2));
    }

    @Test
    void aBanIsOfAUserOrOfANetwork() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new StoredBan(0, "u1", "troll", false, "10.0.0.0/8", "spam", NOW, null, "alice"));
        assertThrows(
                IllegalArgumentException.class,
                () -> new StoredBan(0, null, null, false, null, "spam", NOW, null, "alice"));
    }

    private List<String> told() throws StoreException {
        return moderation.acts(Long.MAX_VALUE, 100).stream().map(StoredAct::act).toList();
    }

    static StoredBan user(String key, String name, Long until) {
        return new StoredBan(0, key, name, true, null, "spam \u2603 'quoted'", NOW, until, "alice");
    }

    static StoredBan network(String network) {
        return new StoredBan(0, null, null, false, network, "spam", NOW, null, "alice");
    }

    static StoredAct act(String act, String object, Long until) {
        return new StoredAct(0, NOW, "u0", "alice", act, object, "key", "spam", until, null);
    }
}
