package chat.parley.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.parley.crash.ServerProcess;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page when the server, the network or the computer it runs on goes away for a while, in a real browser. */
class PageReconnectIT {

    /** How a server ends. */
    enum End {
        TOLD_TO {
            @Override
            void end(ServerProcess server) throws Exception {
                assertEquals(0, server.terminate());
            }
        },
        KILLED {
            @Override
            void end(ServerProcess server) throws Exception {
                server.kill();
            }
        };

        abstract void end(ServerProcess server) throws Exception;
    }

    private static final String ROOM = "room";

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void nothingIsLostDoubledOrSwappedWhenTheServerRestarts(End end) throws Exception {
        chromium.expectOutages();
        int port = ServerProcess.port();
        Path file = folder.resolve("parley.db");
        URI uri = URI.create("http://localhost:" + port + "/");
        List<String> said = new ArrayList<>();
        try (ServerProcess first = ServerProcess.packaged(port, file)) {
            Visitor anna = guest(uri, "anna");
            Visitor bert = guest(uri, "bert");
            Talker carl = Talker.start(uri, "carl", ROOM);
            anna.rememberStates();
            said.addAll(talk(0, anna, bert));
            Eventually.holds("carl talks", () -> carl.count() > 10);

            said.addAll(talk(1, anna, bert)); // perhaps half way through
            end.end(first);
            assertThat(anna.find("#status")).not().hasAttribute("data-state", "open");
            said.addAll(talk(2, anna, bert));
            int before = carl.count();
            try (ServerProcess second = ServerProcess.packaged(port, file)) {
                anna.connectedAgain();
                bert.connectedAgain();
                said.addAll(talk(3, anna, bert));
                Eventually.holds("carl talks on", () -> carl.count() > before + 10);
                said.addAll(carl.stop());

                List<String> log = PageLog.of(uri, ROOM);
                assertEquals(
                        said.stream().sorted().toList(), log.stream().sorted().toList(), "each once");
                for (Visitor visitor : List.of(anna, bert)) {
                    visitor.awaitNewest(log.get(log.size() - 1)).awaitNothingOnItsWay();
                    visitor.assertReads(log);
                }
                for (String name : List.of("anna", "bert", "carl")) {
                    assertEquals(of(name, said), of(name, log), "in the order of writing");
                }
                assertEquals(end == End.TOLD_TO, anna.states().contains("moving"), anna.states()::toString);
            }
        }
    }

    @Test
    void whoIsGivenASlotIsServedUntilThenAndMovesWithoutADrop() {
        try (TestServer server = TestServer.with();
                Visitor anna = Visitor.at(chromium.open(server))) {
            AtomicInteger connections = new AtomicInteger();
            AtomicReference<WebSocketRoute> current = new AtomicReference<>();
            anna.page().routeWebSocket("**/chat*", socket -> {
                current.set(socket);
                connections.incrementAndGet();
                socket.connectToServer();
            });
            anna.page().reload();
            anna.joinAsGuest("anna").enter(ROOM).rememberStates();

            current.get().send("[{\"type\":\"reconnect\",\"afterMs\":86400000}]");
            assertThat(anna.find("#status")).hasAttribute("data-state", "moving");
            anna.say("still served");
            assertEquals(1, connections.get());
            current.get().send("[{\"type\":\"reconnect\",\"afterMs\":1}]");

            anna.connected().say("moved");
            assertEquals(2, connections.get());
            assertEquals(List.of("still served", "moved"), anna.inView());
            assertFalse(anna.states().contains("waiting"), anna.states()::toString);
            Eventually.holds(
                    "the page let go of the first",
                    () -> server.parley().connections().size() == 1);
        }
    }

    @Test
    void aPageThatSleptCatchesUp() {
        try (TestServer server = TestServer.with();
                Visitor anna = Visitor.guest(chromium.open(server), "anna")) {
            anna.enter(ROOM).say("before");
            ChatClient bert = server.connect("bert");
            bert.join(ROOM);
            List<String> said = new ArrayList<>(List.of("before"));

            anna.freeze();
            for (int i = 0; i < 100; i++) {
                said.add("meanwhile " + i);
                bert.say(ROOM, "meanwhile " + i);
            }
            anna.thaw();

            anna.awaitNewest("meanwhile 99").say("after");
            said.add("after");
            anna.assertReads(said);
        }
    }

    // ---- steps

    private static Visitor guest(URI uri, String name) {
        Page page = chromium.open(uri, new Browser.NewContextOptions().setViewportSize(1280, 2000));
        return Visitor.guest(page, name).enter(ROOM);
    }

    /** Everybody says something three times, each for themselves. */
    private static List<String> talk(int round, Visitor... visitors) {
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            for (int who = 0; who < visitors.length; who++) {
                String words = (who == 0 ? "anna " : "bert ") + round + " " + i;
                visitors[who].write(words);
                said.add(words);
            }
        }
        return said;
    }

    private static List<String> of(String name, List<String> words) {
        return words.stream().filter(each -> each.startsWith(name)).toList();
    }
}
