package chat.parley.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.identity.GuestAdmission.Admitted;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Any sequence of admissions, openings, closings, expiries and sweeps. */
class GuestsPropertyTest {
    /** Three looks, each in two spellings. */
    private static final List<String> NAMES = List.of("alice", "\u0430lice", "bob", "b0b", "xl", "x1");

    enum Kind {
        ADMIT,
        COME_BACK,
        OPEN,
        CLOSE,
        TIME,
        SWEEP
    }

    record Step(Kind kind, int which) {}

    /** One who was admitted, and how many connections the model holds for them. */
    private static final class Person {
        final Admitted admitted;
        int connections;

        Person(Admitted admitted) {
            this.admitted = admitted;
        }
    }

    private final SettableClock clock = new SettableClock();

    @Property(tries = 1000)
    void noTwoLivePeopleShareANameOrALook(
            @ForAll("steps") List<Step> steps, @ForAll("reserves") Duration reserve, @ForAll boolean crowded) {
        Guests guests = new Guests(reserve, clock, new KeptGuests(), crowded ? 1 : 1000);
        Map<String, Person> people = new HashMap<>();
        for (Step step : steps) {
            take(step, guests, people);
            assertOneOfEachLook(people);
            people.values()
                    .forEach(
                            person -> assertEquals(person.connections, guests.connections(person.admitted.identity())));
        }
    }

    private void take(Step step, Guests guests, Map<String, Person> people) {
        Person person = pick(step.which(), people);
        switch (step.kind()) {
            case ADMIT -> remember(guests.admit(NAMES.get(step.which() % NAMES.size()), null), people);
            case COME_BACK -> {
                if (person != null) {
                    comeBack(person, guests, people);
                }
            }
            case OPEN -> {
                if (person != null && guests.tryOpen(person.admitted.identity(), 2)) {
                    person.connections++;
                    assertTrue(person.connections <= 2);
                }
            }
            case CLOSE -> {
                if (person != null && person.connections > 0) {
                    guests.closed(person.admitted.identity());
                    person.connections--;
                }
            }
            case TIME -> clock.goOn(Duration.ofSeconds(step.which() * 7L));
            case SWEEP -> guests.sweep();
        }
    }

    /** Whoever is here and brings the secret is let in as who they are. */
    private static void comeBack(Person person, Guests guests, Map<String, Person> people) {
        GuestAdmission admission = guests.admit(null, person.admitted.session());
        if (person.connections > 0) {
            assertEquals(person.admitted, admission);
        }
        remember(admission, people);
    }

    private static void remember(GuestAdmission admission, Map<String, Person> people) {
        if (admission instanceof Admitted admitted) {
            people.computeIfAbsent(admitted.identity().key(), key -> new Person(admitted));
        }
    }

    private static @Nullable Person pick(int which, Map<String, Person> people) {
        return people.isEmpty()
                ? null
                : people.values().stream()
                        .skip(which % people.size())
                        .findFirst()
                        .orElse(null);
    }

    private static void assertOneOfEachLook(Map<String, Person> people) {
        Set<String> looks = new HashSet<>();
        for (Person person : people.values()) {
            String look = person.admitted.identity().name().skeleton();
            assertNotNull(look);
            if (person.connections > 0) {
                assertTrue(looks.add(look), "two who look like " + look);
            }
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of(Kind.class), Arbitraries.integers().between(0, 40))
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }

    @Provide
    Arbitrary<Duration> reserves() {
        return Arbitraries.of(Duration.ZERO, Duration.ofMillis(1), Duration.ofMinutes(2), Duration.ofHours(1));
    }
}
