package chat.parley.room;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.protocol.Form;
import chat.parley.protocol.RoomName;
import chat.parley.protocol.ServerMessage;
import chat.parley.store.Range;
import chat.parley.store.StoredMessage;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * Whatever members do, in whatever order: what each is told is the log, in order, without a hole that is not announced, without
 * a double; and in the end nobody is forgotten. The delivery threads are real, so that one sequence of steps is many
 * interleavings.
 */
class RoomPropertyTest {

    private static final String LOBBY = "lobby";
    private static final int PEOPLE = 4;

    private enum Act {
        JOIN,
        RESUME,
        LEAVE,
        DROP,
        HOLD,
        COMPLETE_ONE,
        FLOW,
        FLOW_LATE,
        SAY,
        FORGET_RING
    }

    private record Step(Act act, int who, int amount) {}

    /** A room in which people do what the steps say. */
    private static final class Play implements AutoCloseable {

        private final Scene scene = new Scene("parley.rooms.ring", "256", "parley.presence.linger", "0s");
        private final Peer speaker = scene.member("speaker", LOBBY);
        private final @Nullable Peer[] people = new Peer[PEOPLE];
        private final long[] known = new long[PEOPLE];
        private final List<Peer> everybody = new ArrayList<>(List.of(speaker));

        void carryOut(Step step) {
            int who = step.who();
            Peer peer = people[who];
            switch (step.act()) {
                case JOIN -> connected(who).join(LOBBY, step.amount() % 201);
                case RESUME ->
                    connected(who).joinSince(LOBBY, known[who], scene.store().epoch());
                case SAY -> scene.say(speaker, LOBBY, step.amount());
                case FORGET_RING -> speaker.membership(LOBBY).room().shrinkTo(step.amount() % 50);
                default -> {
                    if (peer != null) {
                        carryOut(step.act(), who, peer);
                    }
                }
            }
        }

        private void carryOut(Act act, int who, Peer peer) {
            switch (act) {
                case HOLD -> peer.sender().hold();
                case FLOW -> peer.sender().flow(false);
                case FLOW_LATE -> peer.sender().flow(true);
                case COMPLETE_ONE -> peer.sender().complete();
                case LEAVE -> {
                    known[who] = Math.max(0, peer.lastSeq(LOBBY));
                    peer.leave(LOBBY);
                }
                default -> {
                    known[who] = Math.max(0, peer.lastSeq(LOBBY));
                    peer.drop();
                    people[who] = null;
                }
            }
        }

        private Peer connected(int who) {
            Peer peer = people[who];
            if (peer == null) {
                peer = scene.peer("user-" + who, who % 2 == 0 ? Form.BATCH : Form.SINGLE);
                people[who] = peer;
                everybody.add(peer);
            }
            return peer;
        }

        void end() throws Exception {
            for (Peer peer : people) {
                if (peer != null) {
                    peer.sender().flow(false);
                }
            }
            scene.awaitCommits();
            List<StoredMessage> log = scene.store()
                    .read(new RoomName(LOBBY), Range.following(0, Integer.MAX_VALUE))
                    .messages();
            speaker.awaitSeq(LOBBY, log.size());
            for (Peer peer : people) {
                if (peer != null && peer.isIn(LOBBY)) {
                    peer.awaitSeq(LOBBY, log.size()); // nobody is forgotten
                }
            }
            for (Peer peer : everybody) {
                check(peer, log);
            }
        }

        private static void check(Peer peer, List<StoredMessage> log) {
            Transcript transcript = peer.transcript(LOBBY);
            assertEquals(List.of(), transcript.problems(), peer::toString);
            for (ServerMessage.Message message : transcript.messages()) {
                StoredMessage stored = log.get((int) message.seq() - 1);
                assertEquals(stored.content(), message.content(), peer::toString);
                assertEquals(stored.id(), message.id(), peer::toString);
            }
            assertEquals(List.of(), peer.failures(), peer::toString);
            assertEquals(List.of(), peer.breaks(), peer::toString);
        }

        @Override
        public void close() {
            scene.close();
        }
    }

    @Property(tries = 100)
    @Label("what each member is told is the log, whatever happens")
    void whatEachMemberIsToldIsTheLogWhateverHappens(@ForAll("plays") List<Step> steps) throws Exception {
        try (Play play = new Play()) {
            steps.forEach(play::carryOut);

            play.end();
        }
    }

    @Provide
    Arbitrary<List<Step>> plays() {
        Arbitrary<Act> acts = Arbitraries.frequency(
                Tuple.of(5, Act.JOIN),
                Tuple.of(4, Act.RESUME),
                Tuple.of(2, Act.LEAVE),
                Tuple.of(2, Act.DROP),
                Tuple.of(3, Act.HOLD),
                Tuple.of(3, Act.COMPLETE_ONE),
                Tuple.of(2, Act.FLOW),
                Tuple.of(2, Act.FLOW_LATE),
                Tuple.of(8, Act.SAY),
                Tuple.of(1, Act.FORGET_RING));
        Arbitrary<Integer> amounts = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.integers().between(1, 10)),
                Tuple.of(3, Arbitraries.integers().between(50, 300)),
                Tuple.of(1, Arbitraries.integers().between(300, 1_200)));
        return Combinators.combine(acts, Arbitraries.integers().between(0, PEOPLE - 1), amounts)
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }
}
