package chat.parley.identity;

import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.identity.FailingStore.Failure;
import chat.parley.identity.GuestAdmission.Admitted;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/**
 * Any sequence of sign-ups, guests, connections, expiries, sign-outs, deletions, reconnects and restarts, over a store that
 * fails now and then, before or after it did what it was asked for.
 */
class NamesPropertyTest {

    /** Three looks, each in two spellings. */
    private static final List<String> NAMES = List.of("alice", "\u0430lice", "bob", "b0b", "xl", "x1");

    private static final String[] CHANGES = {
        "parley.auth.attempts-per-address", "0", "parley.auth.attempts-per-name", "0"
    };

    enum Kind {
        GUEST,
        SIGN_UP,
        SIGN_UP_AS_GUEST,
        SIGN_IN,
        FROM_ELSEWHERE,
        COME_BACK,
        OPEN,
        CLOSE,
        SIGN_OUT,
        DELETE,
        TIME,
        SWEEP,
        RESTART,
        STORE_REFUSES,
        STORE_DOES_AND_FAILS,
        STORE_WORKS
    }

    record Step(Kind kind, int which) {}

    /** Somebody with a session, and how many connections live by it. */
    private static final class Person {
        final Pass pass;
        final String secret;
        int connections;

        Person(Pass pass, String secret) {
            this.pass = pass;
            this.secret = secret;
        }
    }

    @Property(tries = 500)
    void noTwoLivePeopleShareANameOrALook(@ForAll("steps") List<Step> steps) {
        FailingStore store = new FailingStore();
        Map<String, Person> people = new LinkedHashMap<>();
        House house = new House(store.proxy(), CHANGES);
        try {
            for (Step step : steps) {
                if (step.kind() == Kind.RESTART) {
                    house = restarted(house, store, people);
                }
                try {
                    take(step, house, store, people);
                } catch (AccountException refused) {
                    // Whatever is refused, nobody is here for it.
                }
                endWhoWasEnded(house, people);
                assertOneOfEachLook(house, people);
            }
        } finally {
            house.close();
        }
    }

    /** What was in memory is gone, and so are all connections. */
    private static House restarted(House before, FailingStore store, Map<String, Person> people) {
        before.close();
        store.fail(Failure.NONE);
        people.values().forEach(person -> person.connections = 0);
        return new House(store.proxy(), before.kept, before.clock, CHANGES);
    }

    private static void take(Step step, House house, FailingStore store, Map<String, Person> people)
            throws AccountException {
        String name = NAMES.get(step.which() % NAMES.size());
        Person person = pick(step.which(), people);
        switch (step.kind()) {
            case GUEST -> admit(house.guests.admit(name, null), people);
            case SIGN_UP -> remember(house.signUp(name), people);
            case SIGN_UP_AS_GUEST -> {
                if (person != null && person.pass.identity().guest()) {
                    String own = person.pass.identity().name().value();
                    remember(
                            House.get(
                                    house.accounts.signUp(own, House.PASSWORD, house.people.current(person.pass), "a")),
                            people);
                }
            }
            case SIGN_IN -> remember(house.signIn(name), people);
            case FROM_ELSEWHERE -> {
                Entry entry = house.externalPeople.enter("issuer", "" + step.which() % 4, name, false, null);
                if (entry instanceof Entry.Entered entered) {
                    fromElsewhere(entered.pass(), people);
                }
            }
            case COME_BACK -> {
                if (person != null && person.pass.identity().guest()) {
                    admit(house.guests.admit(null, person.secret), people);
                }
            }
            case OPEN -> {
                Pass pass = person == null ? null : pass(house, person);
                if (pass != null
                        && pass.session().equals(person.pass.session())
                        && house.people.tryOpen(pass.identity(), 3)) {
                    person.connections++;
                }
            }
            case CLOSE -> {
                if (person != null && person.connections > 0) {
                    close(house, person);
                }
            }
            case SIGN_OUT -> {
                if (person != null && house.people.bySecret(person.secret) != null) {
                    House.get(house.accounts.signOut(person.pass));
                }
            }
            case DELETE -> {
                if (person != null && house.people.bySecret(person.secret) != null) {
                    House.get(house.accounts.delete(person.pass, House.PASSWORD, "a"));
                }
            }
            case TIME -> house.clock.goOn(Duration.ofMinutes(step.which() * 7L));
            case SWEEP -> {
                house.guests.sweep();
                house.accounts.sweep();
            }
            case RESTART -> {} // done
            case STORE_REFUSES -> store.fail(Failure.BEFORE);
            case STORE_DOES_AND_FAILS -> store.fail(Failure.AFTER);
            case STORE_WORKS -> store.fail(Failure.NONE);
        }
    }

    /** As the connections do: those of a session that is over close at once. */
    private static void endWhoWasEnded(House house, Map<String, Person> people) {
        for (Person person : people.values()) {
            if (house.ended.contains(person.pass.session())
                    || house.ended.contains(person.pass.identity().key())) {
                while (person.connections > 0) {
                    close(house, person);
                }
            }
        }
        house.ended.clear();
    }

    private static void close(House house, Person person) {
        house.people.closed(person.pass.identity());
        person.connections--;
    }

    private static @Nullable Pass pass(House house, Person person) {
        return person.pass.identity().isExternal()
                ? house.people.current(person.pass)
                : house.people.bySecret(person.secret);
    }

    /** Under another name somebody is another person here, so that whoever has both names at once is found. */
    private static void fromElsewhere(Pass pass, Map<String, Person> people) {
        people.computeIfAbsent(pass.session() + pass.identity().name().value(), key -> new Person(pass, "none"));
    }

    private static void admit(GuestAdmission admission, Map<String, Person> people) {
        if (admission instanceof Admitted guest) {
            remember(new SignedIn(new Pass(guest.identity(), guest.identity().key(), null), guest.session()), people);
        }
    }

    private static void remember(SignedIn signedIn, Map<String, Person> people) {
        people.computeIfAbsent(signedIn.pass().session(), key -> new Person(signedIn.pass(), signedIn.secret()));
    }

    private static @Nullable Person pick(int which, Map<String, Person> people) {
        return people.isEmpty()
                ? null
                : people.values().stream()
                        .skip(which % people.size())
                        .findFirst()
                        .orElse(null);
    }

    /** One person, by their key, for each look: of all who are here, or could come by what they hold. */
    private static void assertOneOfEachLook(House house, Map<String, Person> people) {
        Map<String, String> keys = new HashMap<>();
        for (Person person : people.values()) {
            Pass pass = house.people.bySecret(person.secret);
            if (pass != null || person.connections > 0) {
                Identity identity = person.pass.identity();
                String other = keys.put(identity.name().skeleton(), identity.key());
                assertTrue(other == null || other.equals(identity.key()), "two who look like " + identity.name());
            }
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of(Kind.class), Arbitraries.integers().between(0, 40))
                .as(Step::new)
                .list()
                .ofMaxSize(50);
    }
}
