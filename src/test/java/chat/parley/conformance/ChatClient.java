package chat.parley.conformance;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A well-behaved client, the JDK's, that keeps everything it receives. Whoever connects it closes it. */
final class ChatClient implements AutoCloseable {

    private final Seen seen;
    private final Marks marks;
    private final WebSocket socket;

    private ChatClient(Seen seen, Marks marks, WebSocket socket) {
        this.seen = seen;
        this.marks = marks;
        this.socket = socket;
    }

    /** Connects and waits for the end of the handshake, but not for the welcome; headers are names and values in turn. */
    static ChatClient connect(HttpClient http, URI uri, Offer offer, Marks marks, String... headers) {
        Seen seen = new Seen(uri.toString(), marks);
        WebSocket.Builder builder = http.newWebSocketBuilder();
        if (offer != Offer.NONE) {
            builder.subprotocols(offer.word());
        }
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        return new ChatClient(seen, marks, await("connect to " + uri, builder.buildAsync(uri, new Listener(seen))));
    }

    Seen seen() {
        return seen;
    }

    String subprotocol() {
        return socket.getSubprotocol();
    }

    /** The first object there is, which has to be the welcome. */
    JsonObject welcome() {
        JsonObject first = seen.await(object -> true);
        if (!Wire.type("welcome").test(first)) {
            throw new AssertionError("the first of all is no welcome: " + first);
        }
        return first;
    }

    /** Whether it was welcomed, and not closed instead. */
    boolean isWelcome() {
        return seen.awaitAny();
    }

    /** As whom the server welcomed it. */
    String name() {
        return welcome().getString("sender");
    }

    /** The secret of a guest's session. */
    String secret() {
        return welcome().getString("session");
    }

    /** Sends one frame. Several threads may. */
    synchronized void send(String frame) {
        marks.sent(frame);
        await("send", socket.sendText(frame, true));
    }

    /** Sends a request with an id of its own, which is returned. */
    String ask(JsonObjectBuilder request) {
        String id = UUID.randomUUID().toString();
        send(request.add("id", id).build().toString());
        return id;
    }

    /** Sends a request with an id of its own and waits for what answers it. */
    JsonObject get(JsonObjectBuilder request) {
        return seen.await(Wire.answer(ask(request)));
    }

    /** Sends a request with an id of its own and waits for the error that it is to be refused with. */
    JsonObject refused(String code, JsonObjectBuilder request) {
        JsonObject answer = get(request);
        if (!Wire.error(code).test(answer) || answer.getString("content", "").isBlank()) {
            throw new AssertionError("not the error " + code + ": " + answer);
        }
        return answer;
    }

    /** Joins and waits for the ack and for the history behind it. */
    JsonObject join(String room) {
        String id = ask(Wire.request("join", room));
        seen.await(Wire.type("history").and(Wire.answer(id)));
        return seen.await(Wire.type("ack").and(Wire.answer(id)));
    }

    /** Comes back to a room and waits for the ack. */
    JsonObject resume(String room, long since, String epoch) {
        return get(Wire.request("join", room).add("since", since).add("epoch", epoch));
    }

    /** Says something and waits for the ack. */
    JsonObject say(String room, String content) {
        JsonObject ack = get(Wire.request("message", room).add("content", content));
        if (!Wire.type("ack").test(ack)) {
            throw new AssertionError("it was not taken: " + ack);
        }
        return ack;
    }

    /** Says something by an id and waits for what answers it, which is the so-manieth answer to that id. */
    JsonObject say(String room, String id, String content, int nth) {
        send(Wire.message(room, id, content));
        return seen.await(nth, Wire.answer(id)).get(nth - 1);
    }

    /** Waits until everything that was asked before has been answered. */
    void fence() {
        get(Wire.request("ping"));
    }

    /** Closes with 1000 and waits for what comes back. */
    Seen.Close bye() {
        await("close", socket.sendClose(WebSocket.NORMAL_CLOSURE, "bye"));
        return seen.awaitClose();
    }

    /** Is gone without a word. */
    @Override
    public void close() {
        socket.abort();
    }

    private static <T> T await(String what, CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(Seen.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            throw new AssertionError("cannot " + what, e);
        }
    }

    private static final class Listener implements WebSocket.Listener {

        private final Seen seen;
        private final StringBuilder frame = new StringBuilder();

        Listener(Seen seen) {
            this.seen = seen;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            frame.append(data);
            if (last) {
                seen.frame(frame.toString());
                frame.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
            seen.closed(1003, "the server sent a binary frame");
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            seen.closed(code, reason);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            seen.closed(1006, String.valueOf(error));
        }
    }
}
