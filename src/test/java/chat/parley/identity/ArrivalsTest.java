package chat.parley.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.identity.GuestAdmission.Admitted;
import chat.parley.store.ChangeFeed;
import chat.parley.store.GuestClaims;
import chat.parley.store.GuestSession;
import chat.parley.store.Journal;
import chat.parley.store.MessageStore;
import chat.parley.store.StoredChange;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody brings that another server gave them, which has changed its signing key a moment ago. */
class ArrivalsTest {

    private final House there = new House();
    private final House here = new House(there.store);
    private final Admitted gina = (Admitted) there.guests.admit("gina", null);
    private final Pass pass = new Pass(gina.identity(), gina.identity().key(), null);
    private final Arrivals arrivals = arrivals();

    /** How often this server looked whether something changed. */
    private int looks;

    @BeforeEach
    void connect() {
        assertTrue(there.people.tryOpen(gina.identity(), 0));
    }

    @AfterEach
    void close() {
        there.close();
        here.close();
    }

    @Test
    void aGuestIsKnownByATokenOfANewKey() {
        there.keys.rotate().toCompletableFuture().join();
        String token = there.tokens.issue(pass).token();

        assertTrue(arrivals.renewing(token).toCompletableFuture().join());

        assertEquals(
                gina.identity(),
                assertInstanceOf(Entry.Entered.class, here.entrance.token(token))
                        .pass()
                        .identity());
    }

    @Test
    void aGuestIsKnownByATicketOfANewKey() {
        there.keys.rotate().toCompletableFuture().join();
        String ticket = there.tokens.issueTicket(pass, "id", Tickets.LIFETIME).ticket();
        Credentials brought = new Credentials(null, null, null, ticket, null, null, "address");

        arrivals.connecting(brought).toCompletableFuture().join();

        assertEquals(
                gina.identity(),
                assertInstanceOf(Entry.Entered.class, here.entrance.enter(brought))
                        .pass()
                        .identity());
    }

    @Test
    void aTokenOfAKeyThatNobodyHasIsNobodysAfterOneLook() {
        try (House stranger = new House()) {
            String token = stranger.tokens.issue(pass).token();

            assertTrue(arrivals.renewing(token).toCompletableFuture().join());

            assertInstanceOf(Entry.NotSignedIn.class, here.entrance.token(token));
            assertEquals(1, looks);
        }
    }

    private Arrivals arrivals() {
        DirectTasks tasks = new DirectTasks();
        ChangeFeed changes = new ChangeFeed(store(), tasks, tasks, now());
        changes.on(StoredChange.Kind.SIGNING_KEY, ids -> here.keys.reread());
        return new Arrivals(
                here.settings,
                here.sessions,
                here.guests,
                here.people,
                here.externalPeople,
                here.tokens,
                here.tickets,
                changes,
                new ArrivalBatch(new Living(), tasks));
    }

    /** Where one change is told of, however often somebody looks. */
    private MessageStore store() {
        Journal journal = new Journal() {
            @Override
            public Changes after(long id, int limit) {
                looks++;
                return new Changes(
                        1, id >= 1 ? List.of() : List.of(new StoredChange(1, StoredChange.Kind.SIGNING_KEY, "k")));
            }

            @Override
            public void forget(long olderThanMillis) {}

            @Override
            public void onOwn(Runnable listener) {}
        };
        return (MessageStore) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {MessageStore.class},
                (proxy, method, values) -> method.getName().equals("isShared") ? true : journal);
    }

    private ScheduledExecutorService now() {
        return (ScheduledExecutorService) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ScheduledExecutorService.class},
                (proxy, method, values) -> {
                    ((Runnable) values[0]).run();
                    return null;
                });
    }

    /** Knows the guests of the other server, and has every ticket used. */
    private final class Living implements GuestClaims {

        @Override
        public Answer arrive(Collection<String> keys, Collection<Claim> claims, Map<String, Long> tickets) {
            Map<String, GuestSession> known = new HashMap<>();
            there.kept.all().stream()
                    .filter(guest -> keys.contains(guest.key()))
                    .forEach(guest -> known.put(guest.key(), guest));
            return new Answer(known, Set.of(), new HashSet<>(tickets.keySet()));
        }

        @Override
        public Set<String> hold(Collection<String> keys) {
            return Set.copyOf(keys);
        }

        @Override
        public void sweep() {}
    }
}
