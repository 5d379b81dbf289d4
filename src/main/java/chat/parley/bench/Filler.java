package chat.parley.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.bench.JsonObject.Field;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Says something in each room before the members come, so that there is a history to ask for. */
final class Filler implements WebSocket.Listener {
    private static final byte[] ACK = "ack".getBytes(UTF_8);
    private static final byte[] ERROR = "error".getBytes(UTF_8);
    private static final long PATIENCE_SECONDS = 30;

    private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    private final StringBuilder part = new StringBuilder();
    private final JsonObject object = new JsonObject();
    private int acksToCome;

    private Filler(int requests) {
        this.acksToCome = requests;
    }

    /** Fills all rooms of the task, one after the other. */
    static void fill(Task task) throws CannotMeasure, InterruptedException {
        Rooms rooms = new Rooms(task.crowd().rooms());
        String run = Integer.toHexString(ThreadLocalRandom.current().nextInt());
        HttpClient http =
                HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
        for (int i = 0; i < rooms.count() && task.history() > 0; i++) {
            try {
                fill(http, task, new String(rooms.name(i), UTF_8), run + "-" + i);
            } catch (ExecutionException e) {
                throw new CannotMeasure("the history could not be written: " + reason(e));
            } catch (TimeoutException e) {
                throw new CannotMeasure("the history was not taken within " + PATIENCE_SECONDS + " s");
            }
        }
    }

    private static void fill(HttpClient http, Task task, String room, String name)
            throws ExecutionException, TimeoutException, InterruptedException {
        URI url = task.peer().url();
        String query = (url.getRawQuery() == null ? "?" : "&") + "name=fill-" + name;
        String content = ".".repeat(task.traffic().size());
        Filler filler = new Filler(1 + task.history());
        WebSocket socket = await(http.newWebSocketBuilder().buildAsync(URI.create(url + query), filler));
        send(socket, "{\"type\":\"join\",\"room\":\"" + room + "\",\"limit\":0}");
        for (int i = 0; i < task.history(); i++) {
            String id = "fill-" + name + "-" + i;
            send(
                    socket,
                    "{\"type\":\"message\",\"room\":\"%s\",\"id\":\"%s\",\"content\":\"%s\"}"
                            .formatted(room, id, content));
        }
        await(filler.done);
        await(socket.sendClose(WebSocket.NORMAL_CLOSURE, ""));
    }

    private static void send(WebSocket socket, String text)
            throws ExecutionException, TimeoutException, InterruptedException {
        await(socket.sendText(text, true));
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            accept(ByteBuffer.wrap(part.toString().getBytes(UTF_8)));
            part.setLength(0);
        }
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        done.completeExceptionally(new IOException("the server closed: " + CloseNames.of(code)));
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        done.completeExceptionally(error);
    }

    private void accept(ByteBuffer json) {
        try {
            object.read(json, 0, json.limit());
        } catch (Malformed e) {
            done.completeExceptionally(e);
            return;
        }
        if (object.is(Field.TYPE, ERROR)) {
            done.completeExceptionally(new IOException("the server refused: " + object.text(Field.CODE)));
        } else if (object.is(Field.TYPE, ACK) && --acksToCome == 0) {
            done.complete(null);
        }
    }

    private static <T extends @Nullable Object> T await(CompletableFuture<T> future)
            throws ExecutionException, TimeoutException, InterruptedException {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static String reason(ExecutionException e) {
        Throwable cause = e.getCause();
        return cause instanceof WebSocketHandshakeException refused
                ? "the handshake was refused: HTTP " + refused.getResponse().statusCode()
                : String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
    }
}
