package chat.parley.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that come and are cut in whatever state they are: nothing of them stays. */
@Timeout(180)
class LeakIT {

    private static final int CONNECTIONS = 10_000;
    private static final int WAVE = 250;

    /** A thread that waits may still have in hand what it served last. */
    private static final int REMEMBERED = 4;

    /** What must be gone when everybody is gone. */
    private static final List<String> LIVING = List.of(
            "chat.parley.endpoint.Connection",
            "chat.parley.endpoint.ChatEndpoint",
            "chat.parley.endpoint.Requests",
            "chat.parley.room.Outlet",
            "chat.parley.room.Membership",
            "chat.parley.room.JoinReply",
            "chat.parley.room.PageReply",
            "chat.parley.room.Room",
            "chat.parley.server.JettySender",
            "org.eclipse.jetty.ee10.websocket.jakarta.common.JakartaWebSocketSession");

    private enum Cut {
        BEFORE_A_BYTE,
        IN_THE_HANDSHAKE,
        AFTER_THE_HANDSHAKE,
        WITH_A_BAD_NAME,
        IN_THE_JOIN,
        IN_THREE_ROOMS,
        IN_A_MESSAGE,
        AFTER_A_MESSAGE,
        WHILE_PAGES_COME,
        AFTER_A_BAD_FRAME,
        AFTER_ITS_CLOSE
    }

    private final Random random = new Random(7);

    @Test
    void tenThousandConnectionsCutInAnyStateLeaveNothingBehind() throws Exception {
        Map<String, Long> before = living();
        try (TestServer server = TestServer.with(
                        "parley.rooms.idle", "0s", "parley.presence.linger", "50ms", "parley.guests.reserve", "0s");
                LogWatch log = new LogWatch("chat.parley.endpoint")) {
            ChatClient first = server.connect("first");
            first.join("one"); // so that both reading threads have had something to do
            first.join("two");
            TreeSet<String> threads = threads();
            first.close();

            for (int wave = 0; wave < CONNECTIONS / WAVE; wave++) {
                List<RawClient> clients = new ArrayList<>();
                for (int i = 0; i < WAVE; i++) {
                    clients.add(open(server, Cut.values()[i % Cut.values().length], i));
                }
                clients.forEach(client -> {
                    if (random.nextBoolean()) {
                        client.reset();
                    } else {
                        client.close();
                    }
                });
                // The names are those of the wave before: what still had one would close its heir.
                Eventually.holds(
                        () -> server.parley().connections().size() + " connections are left: " + left(log),
                        () -> server.parley().connections().size() == 0);
                log.forget();
            }

            Eventually.holds(
                    () -> server.parley().rooms() + " rooms are left",
                    () -> server.parley().rooms() == 0);
            assertNobodyHasAName(server);
            Eventually.holds(() -> "alive is " + living() + ", was " + before, () -> isAsBefore(before, living()));
            assertEquals(threads, threads());
        }
    }

    private RawClient open(TestServer server, Cut cut, int number) {
        RawClient client = RawClient.dial(server.port());
        String target = "/chat?name=" + (cut == Cut.WITH_A_BAD_NAME ? "a%20b" : "leaker-" + number);
        String form = number % 2 == 0 ? "parley.v1" : "parley.v1.batch";
        byte[] handshake = RawClient.handshakeOf(server.port(), target, "Sec-WebSocket-Protocol: " + form)
                .getBytes(ISO_8859_1);
        try {
            switch (cut) {
                case BEFORE_A_BYTE -> {}
                case IN_THE_HANDSHAKE -> client.bytes(Arrays.copyOf(handshake, random.nextInt(handshake.length)));
                case AFTER_THE_HANDSHAKE, WITH_A_BAD_NAME -> client.bytes(handshake);
                default -> {
                    client.bytes(handshake);
                    client.readResponse();
                    speak(client, cut, number);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw new AssertionError(cut + " " + number, e);
        }
        return client;
    }

    private void speak(RawClient client, Cut cut, int number) {
        String room = "room-" + number % 40;
        if (cut == Cut.IN_THREE_ROOMS) {
            client.text(Wire.request("join", room + "-b").build().toString());
            client.text(Wire.request("join", room + "-c").build().toString());
        }
        client.text(Wire.request("join", room).build().toString());
        byte[] message = RawClient.frame(
                RawClient.FINAL | RawClient.TEXT,
                Wire.message(room, "m" + number, "x".repeat(500)).getBytes(UTF_8));
        switch (cut) {
            case IN_A_MESSAGE -> client.bytes(Arrays.copyOf(message, 1 + random.nextInt(message.length - 1)));
            case AFTER_A_MESSAGE -> client.bytes(message);
            case WHILE_PAGES_COME -> {
                for (int i = 0; i < 6; i++) {
                    client.text(Wire.request("history", room).build().toString());
                    client.text(Wire.request("members", room).build().toString());
                }
            }
            case AFTER_A_BAD_FRAME -> client.send(RawClient.FINAL | RawClient.TEXT, new byte[] {(byte) 0xFF});
            case AFTER_ITS_CLOSE -> client.send(RawClient.FINAL | RawClient.CLOSE, new byte[] {3, (byte) 0xE8});
            default -> {}
        }
    }

    /** With no reserve a name is free as soon as its guest has no connection: so each can be had by somebody new. */
    private static void assertNobodyHasAName(TestServer server) throws IOException {
        for (int i = 0; i < WAVE; i++) {
            // By hand: Tyrus gives its shared transport up when it had nothing to do for half a minute, also under a
            // handshake.
            try (RawClient heir = RawClient.connect(server.port(), "/chat?name=leaker-" + i, Subprotocol.SINGLE)) {
                JsonObject welcome = heir.readUntil(Wire.type("welcome")).get(0);
                assertEquals("leaker-" + i, welcome.getString("sender"));
            }
        }
        Eventually.holds(
                "the heirs are gone", () -> server.parley().connections().size() == 0);
    }

    /** The names of those whose end was not logged, and in which state they were cut. */
    private static List<String> left(LogWatch log) {
        List<String> ended = log.lines().stream()
                .filter(line -> line.startsWith("connection closed"))
                .map(LeakIT::numberOfLeaker)
                .toList();
        return log.lines().stream()
                .filter(line -> line.startsWith("connection opened"))
                .map(LeakIT::numberOfLeaker)
                .filter(number -> !number.isEmpty() && !ended.contains(number))
                .map(number -> number + " " + Cut.values()[Integer.parseInt(number) % Cut.values().length])
                .toList();
    }

    private static String numberOfLeaker(String line) {
        return line.replaceFirst(".*\"leaker-(\\d+)\".*|.*", "$1");
    }

    private static boolean isAsBefore(Map<String, Long> before, Map<String, Long> now) {
        return before.keySet().stream().allMatch(name -> now.get(name) <= before.get(name) + REMEMBERED);
    }

    /** Parley's threads; those of Jetty's pool, which breathes, count as one. */
    private static TreeSet<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("parley-"))
                .map(name -> name.startsWith("parley-http") ? "parley-http" : name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** How many objects there are, after a full collection, of the classes that live as long as somebody is there. */
    private static Map<String, Long> living() {
        try {
            String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            Map<String, Long> counts = new TreeMap<>();
            LIVING.forEach(name -> counts.put(name, 0L));
            histogram.lines().map(line -> line.trim().split("\\s+")).forEach(columns -> {
                if (columns.length >= 4 && counts.containsKey(columns[3])) {
                    counts.put(columns[3], Long.parseLong(columns[1]));
                }
            });
            return counts;
        } catch (JMException e) {
            throw new AssertionError(e);
        }
    }
}
