package chat.parley.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.protocol.Form;
import chat.parley.protocol.ServerMessage;
import chat.parley.store.StoredMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
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
 * Whoever comes back from anywhere while others write is told the truth about what can be recovered (protocol, section 5),
 * and then gets exactly that: from the ring, from the store, and live. The ring is cut before, and never overrun: a gap is
 * only for what has expired.
 */
class ResumePropertyTest {

    private static final String LOBBY = "lobby";
    private static final int MOST_MISSED = 1_000;
    private static final int PAGE = 50;

    /** Near what a position is. */
    private enum Place {
        START,
        FIRST,
        A_THOUSAND_MISSED,
        RING,
        HEAD,
        ANYWHERE
    }

    private enum Epoch {
        RIGHT,
        WRONG,
        MISSING
    }

    /** Somebody who comes back, while so many messages are said. */
    private record Return(Place place, int offset, Epoch epoch, boolean single, int live) {}

    /** A log: what was said before the room was in memory, what since, what the store keeps and the ring. */
    private record Past(int written, int said, int kept, int ring) {}

    /** What somebody asked for, and what the log was just before. */
    private record Resumed(Peer peer, long since, Epoch epoch, long head) {}

    /** A room with a past. */
    private static final class Play implements AutoCloseable {

        private final Past past;
        private final Scene scene;
        private final Peer speaker;
        private final List<String> contents; // of all that was ever said, in order
        private final List<Resumed> all = new ArrayList<>();

        Play(Past past) {
            this.past = past;
            this.scene =
                    new Scene("parley.rooms.ring", "4096", "parley.store.memory-messages", String.valueOf(past.kept()));
            this.contents = scene.write(LOBBY, past.written()).stream()
                    .map(StoredMessage::content)
                    .collect(Collectors.toCollection(ArrayList::new));
            this.speaker = scene.member("speaker", LOBBY);
            say(past.said());
            scene.awaitCommits();
            speaker.membership(LOBBY).room().shrinkTo(past.ring());
        }

        void carryOut(Return back) {
            if (back.live() == 0) {
                scene.awaitCommits(); // a quiet moment, in which the edges are met exactly
            }
            long head = speaker.membership(LOBBY).room().log().head().seq();
            long since = Math.max(0, near(back, contents.size()) + offset(back));
            Peer peer = scene.peer("user-" + all.size(), back.single() ? Form.SINGLE : Form.BATCH);
            peer.sender().flow(back.single());
            say(back.live() / 2);
            peer.join(LOBBY, since, epoch(back), null);
            say(back.live() - back.live() / 2);
            all.add(new Resumed(peer, since, back.epoch(), head));
        }

        private long near(Return back, long head) {
            return switch (back.place()) {
                case START -> 0;
                case FIRST -> firstAt(head) - 1;
                case A_THOUSAND_MISSED -> head - MOST_MISSED;
                case RING -> head - past.ring();
                case HEAD -> head;
                case ANYWHERE -> Math.floorMod(back.offset(), head + 1);
            };
        }

        private static long offset(Return back) {
            return back.place() == Place.ANYWHERE ? 0 : Math.floorMod(back.offset(), 3) - 1;
        }

        private @Nullable String epoch(Return back) {
            return switch (back.epoch()) {
                case RIGHT -> scene.store().epoch();
                case WRONG -> "another";
                case MISSING -> null;
            };
        }

        private void say(int count) {
            for (int i = 0; i < count; i++) {
                String content = "live " + contents.size();
                contents.add(content);
                speaker.say(LOBBY, content);
            }
        }

        /** The lowest seq that the store keeps when this is its highest. */
        private long firstAt(long head) {
            return Math.max(1, head - past.kept() + 1);
        }

        void end() {
            say(1);
            scene.awaitCommits();
            for (Resumed resumed : all) {
                resumed.peer().awaitSeq(LOBBY, contents.size());
                check(resumed);
            }
        }

        private void check(Resumed resumed) {
            Peer peer = resumed.peer();
            ServerMessage.Ack ack = peer.awaitFirst(ServerMessage.Ack.class);
            long head = given(ack.head());
            long first = given(ack.first());
            assertTrue(resumed.head() <= head && head <= contents.size(), resumed + " " + ack);
            assertTrue(firstAt(resumed.head()) <= first && first <= firstAt(contents.size()), resumed + " " + ack);
            boolean recoverable = resumed.epoch() == Epoch.RIGHT
                    && resumed.since() <= head
                    && resumed.since() + 1 >= first
                    && head - resumed.since() <= MOST_MISSED;
            assertEquals(recoverable, Boolean.TRUE.equals(ack.recovered()), resumed + " " + ack);

            Transcript transcript = peer.transcript(LOBBY);
            assertEquals(List.of(), transcript.problems(), resumed + " " + ack);
            assertEquals(contents.size(), transcript.reached(), resumed + " " + ack);
            if (recoverable) {
                assertEquals(List.of(), peer.heard(ServerMessage.History.class), resumed + " " + ack);
            } else {
                checkPage(peer.awaitFirst(ServerMessage.History.class), head, resumed);
            }
            for (Transcript.Step step : transcript.steps()) {
                assertTrue(
                        !step.isGap() || step.from() < firstAt(contents.size()),
                        resumed + " was not sent " + step + " although it is there");
            }
            for (ServerMessage.Message message : transcript.messages()) {
                assertEquals(contents.get((int) message.seq() - 1), message.content(), resumed::toString);
            }
        }

        /** As many as there are, but for those that expired meanwhile. */
        private void checkPage(ServerMessage.History page, long head, Resumed resumed) {
            long most = Math.min(PAGE, head);
            long least = Math.max(0, Math.min(PAGE, head - firstAt(contents.size()) + 1));
            int size = page.messages().size();
            assertTrue(least <= size && size <= most, resumed + " got a page of " + size);
        }

        private static long given(@Nullable Long number) {
            return number == null ? 0 : number;
        }

        @Override
        public void close() {
            scene.close();
        }
    }

    @Property(tries = 120)
    @Label("who comes back gets exactly what was missed, or is told that it cannot be")
    void whoComesBackGetsExactlyWhatWasMissedOrIsToldThatItCannotBe(
            @ForAll("pasts") Past past, @ForAll("returns") List<Return> returns) {
        try (Play play = new Play(past)) {
            returns.forEach(play::carryOut);

            play.end();
        }
    }

    @Provide
    Arbitrary<Past> pasts() {
        return Combinators.combine(
                        Arbitraries.frequencyOf(
                                Tuple.of(1, Arbitraries.integers().between(0, 1_300)),
                                Tuple.of(1, Arbitraries.integers().between(1_000, 1_300))),
                        Arbitraries.integers().between(0, 300),
                        Arbitraries.of(30, 300, 900, 2_000, 10_000),
                        Arbitraries.integers().between(0, 256))
                .as(Past::new);
    }

    @Provide
    Arbitrary<List<Return>> returns() {
        return Combinators.combine(
                        Arbitraries.of(Place.class),
                        Arbitraries.integers().between(0, 1_000_000),
                        Arbitraries.frequency(
                                Tuple.of(6, Epoch.RIGHT), Tuple.of(1, Epoch.WRONG), Tuple.of(1, Epoch.MISSING)),
                        Arbitraries.of(true, false),
                        Arbitraries.frequencyOf(
                                Tuple.of(1, Arbitraries.just(0)),
                                Tuple.of(1, Arbitraries.integers().between(0, 30))))
                .as(Return::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }
}
