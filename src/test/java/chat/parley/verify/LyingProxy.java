package chat.parley.verify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before an honest server and breaks one promise of it, now and then, in what it passes on. */
final class LyingProxy implements AutoCloseable {

    /** What it does. */
    enum Lie {
        NONE,
        LOSES_A_LIVE_EVENT,
        DOUBLES_A_LIVE_EVENT,
        SWAPS_LIVE_EVENTS,
        SWAPS_WHAT_ONE_SAYS,
        ALTERS_THE_CONTENT,
        ALTERS_THE_SENDER,
        RENUMBERS_AN_EVENT,
        INVENTS_AN_EVENT,
        ACKNOWLEDGES_ANOTHER_NUMBER,
        ACKNOWLEDGES_WHAT_IT_DROPS,
        GIVES_A_RESEND_ANOTHER_NUMBER,
        CALLS_A_DUPLICATE,
        LEAVES_A_HOLE_IN_THE_HISTORY,
        ENDS_THE_HISTORY_TOO_SOON,
        TELLS_ANOTHER_EPOCH,
        TELLS_A_LOWER_HEAD,
        SPEAKS_FOR_NOBODY,
        GIVES_ANOTHER_NAME,
        ANSWERS_NO_MORE,
        HAS_NOTHING_AT_THE_END
    }

    private static final JsonProvider JSON = JsonProvider.provider();
    private static final int EVERY = 15;
    private static final int TEXT = 0x81;
    private static final int MASK = 4; // bytes

    private final Lie lie;
    private final URI target;
    private final ServerSocket listening;
    private final AtomicInteger chances = new AtomicInteger();

    LyingProxy(Lie lie, URI target) throws IOException {
        this.lie = lie;
        this.target = target;
        this.listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    URI uri() {
        return URI.create("ws://127.0.0.1:" + listening.getLocalPort() + "/chat");
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target.getPort());
                start(() -> ask(client, server));
                start(() -> answer(server, client));
            } catch (IOException e) {
                return;
            }
        }
    }

    /** Frames of a client are masked; one that is dropped is known by its length alone. */
    private void ask(Socket client, Socket server) {
        try (client;
                server) {
            OutputStream out = server.getOutputStream();
            if (lie == Lie.SWAPS_WHAT_ONE_SAYS) {
                swap(new DataInputStream(new BufferedInputStream(client.getInputStream())), out);
            } else {
                client.getInputStream().transferTo(out);
            }
        } catch (IOException e) {
            // One has gone, so the other goes.
        }
    }

    /** Now and then a message goes behind what was sent after it. */
    private void swap(DataInputStream in, OutputStream out) throws IOException {
        head(in, out);
        byte[] held = {};
        while (true) {
            byte[] frame = asked(in);
            if (held.length == 0 && isMessage(frame) && isTime()) {
                held = frame;
            } else {
                out.write(frame);
                out.write(held);
                held = new byte[0];
            }
        }
    }

    /** A frame of a client, which is never long. */
    private static byte[] asked(DataInputStream in) throws IOException {
        byte[] start = in.readNBytes(4);
        int length = start.length < 4 ? 0 : start[1] & 0x7f;
        boolean isExtended = length == 126;
        if (isExtended) {
            length = (start[2] & 0xff) << 8 | start[3] & 0xff;
        }
        byte[] rest = in.readNBytes((isExtended ? MASK : MASK - 2) + length);
        if (rest.length < MASK - 2 + length) {
            throw new EOFException(); // within a frame, or behind the last
        }
        byte[] frame = Arrays.copyOf(start, start.length + rest.length);
        System.arraycopy(rest, 0, frame, start.length, rest.length);
        return frame;
    }

    private static boolean isMessage(byte[] frame) {
        int payload = (frame[1] & 0x7f) == 126 ? 4 + MASK : 2 + MASK;
        byte[] text = new byte[frame.length - payload];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) (frame[payload + i] ^ frame[payload - MASK + i % MASK]);
        }
        return new String(text, UTF_8).contains("\"type\":\"message\"");
    }

    private void answer(Socket server, Socket client) {
        try (server;
                client) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(server.getInputStream()));
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            head(in, out);
            while (true) {
                int first = in.readUnsignedByte();
                byte[] payload = payload(in);
                if (first == TEXT) {
                    payload = lie(new String(payload, UTF_8)).getBytes(UTF_8);
                    if (payload.length == 0) {
                        continue;
                    }
                }
                frame(out, first, payload);
            }
        } catch (IOException e) {
            // One has gone, so the other goes.
        }
    }

    private static void head(DataInputStream in, OutputStream out) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            head.write(in.readUnsignedByte());
        }
        out.write(head.toByteArray());
    }

    private static byte[] payload(DataInputStream in) throws IOException {
        long length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        return in.readNBytes((int) length);
    }

    private static void frame(DataOutputStream out, int first, byte[] payload) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        DataOutputStream frame = new DataOutputStream(whole);
        frame.write(first);
        if (payload.length < 126) {
            frame.write(payload.length);
        } else if (payload.length < 1 << 16) {
            frame.write(126);
            frame.writeShort(payload.length);
        } else {
            frame.write(127);
            frame.writeLong(payload.length);
        }
        frame.write(payload);
        out.write(whole.toByteArray());
    }

    /** The frame as it is passed on; empty for none. */
    private String lie(String frame) {
        JsonValue value = JSON.createReader(new StringReader(frame)).readValue();
        boolean batch = value instanceof JsonArray;
        List<JsonObject> objects =
                value instanceof JsonArray array ? array.getValuesAs(JsonObject.class) : List.of(value.asJsonObject());
        List<JsonObject> told = new ArrayList<>();
        for (JsonObject object : objects) {
            told.addAll(lie(object));
        }
        if (told.isEmpty()) {
            return "";
        }
        if (!batch && told.size() == 1) {
            return told.get(0).toString();
        }
        // Clients of either form understand arrays.
        return told.toString();
    }

    private List<JsonObject> lie(JsonObject object) {
        String type = object.getString("type");
        return switch (lie) {
            case NONE, SWAPS_WHAT_ONE_SAYS -> List.of(object);
            case LOSES_A_LIVE_EVENT -> type.equals("message") && isTime() ? List.of() : List.of(object);
            case DOUBLES_A_LIVE_EVENT -> type.equals("message") && isTime() ? List.of(object, object) : List.of(object);
            case SWAPS_LIVE_EVENTS ->
                type.equals("message") && isTime()
                        ? List.of(with(object, "seq", seq(object) + 1), object)
                        : List.of(object);
            case ALTERS_THE_CONTENT ->
                type.equals("message") && isTime()
                        ? List.of(with(object, "content", object.getString("content") + "!"))
                        : List.of(object);
            case ALTERS_THE_SENDER ->
                type.equals("message") && isTime() ? List.of(with(object, "sender", "mallory")) : List.of(object);
            case RENUMBERS_AN_EVENT ->
                type.equals("message") && isTime() ? List.of(with(object, "seq", seq(object) + 1)) : List.of(object);
            case INVENTS_AN_EVENT ->
                type.equals("message") && isTime()
                        ? List.of(with(object, "id", object.getString("id") + "0"))
                        : List.of(object);
            case ACKNOWLEDGES_ANOTHER_NUMBER ->
                isMessageAck(object) && isTime() ? List.of(with(object, "seq", seq(object) + 1)) : List.of(object);
            case ACKNOWLEDGES_WHAT_IT_DROPS -> type.equals("error") ? List.of() : withoutTheFifteenth(object);
            case GIVES_A_RESEND_ANOTHER_NUMBER ->
                isMessageAck(object) && object.getBoolean("duplicate", false)
                        ? List.of(with(object, "seq", seq(object) + 1_000))
                        : List.of(object);
            case CALLS_A_DUPLICATE ->
                isMessageAck(object) && isTime()
                        ? List.of(JSON.createObjectBuilder(object)
                                .add("duplicate", true)
                                .build())
                        : List.of(object);
            case LEAVES_A_HOLE_IN_THE_HISTORY -> List.of(pageWithout(object, 5));
            case ENDS_THE_HISTORY_TOO_SOON -> List.of(pageWithout(object, 0));
            case TELLS_ANOTHER_EPOCH ->
                object.containsKey("epoch") && isTime() ? List.of(with(object, "epoch", "another")) : List.of(object);
            case TELLS_A_LOWER_HEAD ->
                object.getBoolean("recovered", false)
                        ? List.of(JSON.createObjectBuilder(object)
                                .add("recovered", false)
                                .add("head", 1)
                                .build())
                        : List.of(object);
            case SPEAKS_FOR_NOBODY -> isTime() ? List.of(object, JsonValue.EMPTY_JSON_OBJECT) : List.of(object);
            case GIVES_ANOTHER_NAME ->
                type.equals("welcome") && chances.incrementAndGet() > EVERY
                        ? List.of(with(with(object, "sender", "mallory"), "session", "x"))
                        : List.of(object);
            case ANSWERS_NO_MORE ->
                isMessageAck(object) || type.equals("message")
                        ? chances.incrementAndGet() > 4 * EVERY ? List.of() : List.of(object)
                        : List.of(object);
            case HAS_NOTHING_AT_THE_END ->
                type.equals("history") && !object.getBoolean("more", false)
                        ? List.of(JSON.createObjectBuilder(object)
                                .add("messages", JsonValue.EMPTY_JSON_ARRAY)
                                .build())
                        : List.of(object);
        };
    }

    /** Every copy of some messages is dropped, but not their acks: as if the log did not have them. */
    private static List<JsonObject> withoutTheFifteenth(JsonObject object) {
        if (object.getString("type").equals("message") && seq(object) % EVERY == 0) {
            return List.of();
        }
        if (!object.getString("type").equals("history")) {
            return List.of(object);
        }
        var kept = JSON.createArrayBuilder();
        object.getJsonArray("messages").getValuesAs(JsonObject.class).stream()
                .filter(message -> seq(message) % EVERY != 0)
                .forEach(kept::add);
        return List.of(JSON.createObjectBuilder(object).add("messages", kept).build());
    }

    private static JsonObject pageWithout(JsonObject object, int fromEnd) {
        if (!object.getString("type").equals("history")
                || object.getJsonArray("messages").size() < 10) {
            return object;
        }
        List<JsonObject> messages =
                new ArrayList<>(object.getJsonArray("messages").getValuesAs(JsonObject.class));
        messages.remove(messages.size() - 1 - fromEnd);
        var left = JSON.createArrayBuilder();
        messages.forEach(left::add);
        return JSON.createObjectBuilder(object).add("messages", left).build();
    }

    private boolean isTime() {
        return chances.incrementAndGet() % EVERY == 0;
    }

    private static boolean isMessageAck(JsonObject object) {
        return object.getString("type").equals("ack") && object.containsKey("seq");
    }

    private static long seq(JsonObject object) {
        return object.getJsonNumber("seq").longValue();
    }

    private static JsonObject with(JsonObject object, String key, Object value) {
        JsonObjectBuilder builder = JSON.createObjectBuilder(object);
        return (value instanceof Long number ? builder.add(key, number) : builder.add(key, value.toString())).build();
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "lying-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
