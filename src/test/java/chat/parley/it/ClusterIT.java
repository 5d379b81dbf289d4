package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The command that starts three nodes behind one port. */
class ClusterIT {

    private static final String ROOM = "room";

    private int visits;
    private int words;

    @Test
    void peopleTalkOnWhileEachNodeIsKilledInTurnAndNothingStaysWhenItIsToldToEnd() throws Exception {
        List<String> said = new ArrayList<>();
        List<ChatClient> people = new ArrayList<>();
        try (ClusterProcess cluster = ClusterProcess.start()) {
            for (int i = 0; i < 3; i++) {
                people.add(visit(cluster)); // each at another node
            }
            said.addAll(talk(people));

            for (int node = 1; node <= 3; node++) {
                cluster.kill(node, () -> {
                    Eventually.holds(
                            "somebody was there", () -> !people.stream().allMatch(ChatClient::isOpen));
                    people.replaceAll(person -> isServed(person) ? person : visit(cluster));
                    said.addAll(talk(people));
                });
                people.add(visit(cluster)); // so that somebody is at the next, too
                said.addAll(talk(people));
            }

            assertEquals(said, PageLog.of(cluster.page(), ROOM));
            assertNothingStays(cluster, false);
        } finally {
            people.forEach(ChatClient::close);
        }
    }

    @Test
    void nothingStaysWhenItIsKilled() throws Exception {
        try (ClusterProcess cluster = ClusterProcess.start()) {
            assertNothingStays(cluster, true);
        }
    }

    /** Ctrl-C is what being told is; a build that runs in the background is deaf to it, and so are its children. */
    private static void assertNothingStays(ClusterProcess cluster, boolean atOnce) throws Exception {
        List<ProcessHandle> processes = cluster.processes();
        assertTrue(processes.size() >= 4, "three nodes and what holds the other two: " + processes);
        assertEquals(2, cluster.services());

        cluster.end(atOnce);

        for (ProcessHandle process : processes) {
            awaitEnd(process);
        }
        Eventually.holds("PostgreSQL and Redis have ended", () -> cluster.services() == 0);
    }

    /** Everybody says something, which everybody hears before the next. */
    private List<String> talk(List<ChatClient> people) {
        List<String> said = new ArrayList<>();
        for (ChatClient speaker : List.copyOf(people)) {
            String content = "words " + ++words;
            assertEquals("ack", speaker.say(ROOM, content).getString("type"));
            for (ChatClient person : people) {
                person.seen()
                        .await(Wire.type("message")
                                .and(message -> message.getString("content").equals(content)));
            }
            said.add(content);
        }
        return said;
    }

    /** Somebody new, at the node whose turn it is; who was given to one that is just ending tries again, as clients do. */
    private ChatClient visit(ClusterProcess cluster) {
        AtomicReference<ChatClient> visitor = new AtomicReference<>();
        Eventually.holds("somebody is served", () -> {
            URI chat = URI.create("ws://" + cluster.page().getAuthority() + "/chat?name=visitor-" + ++visits);
            try {
                visitor.set(ChatClient.connect(chat, Subprotocol.SINGLE));
                return true;
            } catch (AssertionError e) {
                return false;
            }
        });
        visitor.get().join(ROOM);
        return visitor.get();
    }

    /** Whether somebody is answered: that a connection has ended may not be known yet. */
    private static boolean isServed(ChatClient person) {
        try {
            person.fence();
            return true;
        } catch (AssertionError | IllegalStateException | UncheckedIOException e) {
            return false;
        }
    }

    private static void awaitEnd(ProcessHandle process) throws InterruptedException, ExecutionException {
        try {
            process.onExit().get(60, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("still there: " + process.info(), e);
        }
    }
}
