package chat.parley.load;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Measures what rooms cost a node: {@code RoomsLoad <ws-url> <pid> <rooms> <messages>}. People come to that node, each of them into 100
 * rooms that nobody else is in, and say so many messages in each. Prints what the node's heap holds after a full collection and
 * what its process takes of a processor while nothing is said: before, and with the rooms.
 */
final class RoomsLoad {

    private static final int ROOMS_EACH = 100;
    private static final int IDLE_SECONDS = 20;

    /** Before that, for what is still at work. */
    private static final int CALM_SECONDS = 5;

    private static final long PATIENCE_SECONDS = 600;

    private RoomsLoad() {}

    public static void main(String[] arguments) throws Exception {
        String url = arguments[0];
        long pid = Long.parseLong(arguments[1]);
        int people = Integer.parseInt(arguments[2]) / ROOMS_EACH;
        int messages = Integer.parseInt(arguments[3]);
        HttpClient client = HttpClient.newHttpClient();
        List<Visitor> visitors = new ArrayList<>();
        for (int i = 0; i < people; i++) {
            visitors.add(Visitor.enter(client, URI.create(url + "?name=visitor-" + i)));
        }
        long empty = report("nobody in a room", pid);
        everywhere(visitors, "{\"type\":\"join\",\"room\":\"load-%d\",\"id\":\"join\"}");
        long joined = report(people * ROOMS_EACH + " rooms joined", pid);
        String content = "x".repeat(64);
        for (int i = 0; i < messages; i++) {
            String message =
                    "{\"type\":\"message\",\"room\":\"load-%d\",\"id\":\"" + i + "\",\"content\":\"" + content + "\"}";
            everywhere(visitors, message);
        }
        long spoken = report(messages + " messages in each", pid);
        System.out.printf(
                "a room: %,d bytes, with its messages %,d%n",
                (joined - empty) / people / ROOMS_EACH, (spoken - empty) / people / ROOMS_EACH);
        visitors.forEach(visitor -> visitor.socket.abort());
    }

    /** Everybody says it in their next room when all have their answers of the room before. */
    private static void everywhere(List<Visitor> visitors, String frame) throws InterruptedException {
        for (int room = 0; room < ROOMS_EACH; room++) {
            for (int i = 0; i < visitors.size(); i++) {
                visitors.get(i).say(frame.formatted(i * ROOMS_EACH + room));
            }
            for (Visitor visitor : visitors) {
                visitor.awaitAnswer();
            }
        }
    }

    private static long report(String what, long pid) throws Exception {
        TimeUnit.SECONDS.sleep(CALM_SECONDS);
        double before = cpuSeconds(pid);
        TimeUnit.SECONDS.sleep(IDLE_SECONDS);
        double used = (cpuSeconds(pid) - before) / IDLE_SECONDS;
        long heap = heap(pid);
        System.out.printf("%s: heap %,d kB, %.3f cores%n", what, heap / 1024, used);
        return heap;
    }

    private static double cpuSeconds(long pid) {
        return ProcessHandle.of(pid)
                        .orElseThrow()
                        .info()
                        .totalCpuDuration()
                        .orElseThrow()
                        .toNanos()
                / 1e9;
    }

    /** What a histogram of live objects adds up to, which collects first. */
    private static long heap(long pid) throws Exception {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(pid),
                        "GC.class_histogram")
                .start();
        String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String total = output.substring(output.lastIndexOf("Total")).strip();
        return Long.parseLong(total.split("\\s+")[2]);
    }

    private static final class Visitor implements WebSocket.Listener {

        private final Semaphore answers = new Semaphore(0);
        private final StringBuilder heard = new StringBuilder();
        private WebSocket socket;

        static Visitor enter(HttpClient client, URI url) throws Exception {
            Visitor visitor = new Visitor();
            visitor.socket =
                    client.newWebSocketBuilder().buildAsync(url, visitor).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return visitor;
        }

        void say(String frame) {
            socket.sendText(frame, true)
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
        }

        void awaitAnswer() throws InterruptedException {
            if (!answers.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no answer");
            }
        }

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence text, boolean last) {
            heard.append(text);
            if (last) {
                String all = heard.toString();
                heard.setLength(0);
                for (String line : all.split("\n")) {
                    if (line.contains("\"type\":\"ack\"")) {
                        answers.release();
                    } else if (line.contains("\"type\":\"error\"")) {
                        throw new IllegalStateException(line);
                    }
                }
            }
            return WebSocket.Listener.super.onText(webSocket, text, last);
        }
    }
}
