package chat.parley.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A WebSocket server with one room, that speaks as much of the protocol as a member needs who joins and says something,
 * in arrays; and that breaks one promise, once, to the second who came.
 */
final class LyingServer implements AutoCloseable {

    /** What it does wrong with one event. */
    enum Lie {
        NONE,
        LOSES,
        DOUBLES,
        SWAPS,
        CHANGES,
        BABBLES,
        HANGS_UP
    }

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int TEXT = 0x81;
    private static final int CLOSE = 0x88;
    private static final long FATEFUL_SEQ = 5;
    private static final int VICTIM = 1;

    private final Lie lie;
    private final ServerSocket listening;
    private final List<Connection> members = new ArrayList<>();
    private long seq;
    private String held = "";

    LyingServer(Lie lie) throws IOException {
        this.lie = lie;
        this.listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        thread(this::accept);
    }

    URI uri() {
        return URI.create("ws://127.0.0.1:" + listening.getLocalPort() + "/chat");
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    private static void thread(Runnable what) {
        Thread thread = new Thread(what, "lying-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Connection connection = new Connection(listening.accept());
                thread(connection::serve);
            }
        } catch (IOException e) {
            // It was closed.
        }
    }

    private synchronized void say(Connection sender, JsonObject message) throws IOException {
        seq++;
        String room = message.getString("room");
        String id = message.getString("id");
        String event =
                "{\"type\":\"message\",\"room\":\"%s\",\"seq\":%d,\"id\":\"%s\",\"content\":\"%s\",\"timestamp\":1}"
                        .formatted(room, seq, id, message.getString("content"));
        sender.send("{\"type\":\"ack\",\"id\":\"%s\",\"room\":\"%s\",\"seq\":%d}".formatted(id, room, seq));
        for (int i = 0; i < members.size(); i++) {
            if (i == VICTIM && seq == FATEFUL_SEQ) {
                lie(members.get(i), event);
            } else {
                members.get(i).send(event);
            }
            if (i == VICTIM && seq > FATEFUL_SEQ && !held.isEmpty()) {
                members.get(i).send(held);
                held = "";
            }
        }
    }

    private void lie(Connection victim, String event) throws IOException {
        switch (lie) {
            case NONE -> victim.send(event);
            case LOSES -> {}
            case DOUBLES -> victim.send(event + "," + event);
            case SWAPS -> held = event;
            case CHANGES -> victim.send(event.replace("\"timestamp\":1", "\"timestamp\":2"));
            case BABBLES -> victim.send(event.substring(1));
            case HANGS_UP -> victim.write(CLOSE, new byte[] {1011 >>> 8, (byte) 1011});
        }
    }

    private synchronized void join(Connection member, JsonObject join) throws IOException {
        members.add(member);
        member.send("{\"type\":\"ack\",\"id\":\"%s\",\"room\":\"%s\",\"head\":%d,\"first\":1,\"epoch\":\"e\"}"
                .formatted(join.getString("id"), join.getString("room"), seq));
    }

    private synchronized void leave(Connection member) {
        members.remove(member);
    }

    private final class Connection {
        private final Socket socket;
        private final OutputStream out;

        Connection(Socket socket) throws IOException {
            this.socket = socket;
            this.out = socket.getOutputStream();
        }

        void serve() {
            try (socket;
                    DataInputStream in = new DataInputStream(socket.getInputStream())) {
                upgrade(in);
                while (true) {
                    int opcode = in.readUnsignedByte();
                    byte[] payload = payload(in);
                    if (opcode == CLOSE) {
                        leave(this);
                        write(CLOSE, payload);
                        return;
                    }
                    JsonObject request = Json.createReader(new StringReader(new String(payload, UTF_8)))
                            .readObject();
                    if (request.getString("type").equals("join")) {
                        join(this, request);
                    } else {
                        say(this, request);
                    }
                }
            } catch (IOException e) {
                leave(this);
            }
        }

        void send(String objects) throws IOException {
            write(TEXT, ("[" + objects + "]").getBytes(UTF_8));
        }

        synchronized void write(int opcode, byte[] payload) throws IOException {
            ByteBuffer frame = ByteBuffer.allocate(payload.length + 4).put((byte) opcode);
            if (payload.length < 126) {
                frame.put((byte) payload.length);
            } else {
                frame.put((byte) 126).putShort((short) payload.length);
            }
            frame.put(payload);
            out.write(frame.array(), 0, frame.position());
        }

        private void upgrade(DataInputStream in) throws IOException {
            String key = "";
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                if (line.startsWith("Sec-WebSocket-Key: ")) {
                    key = line.substring(line.indexOf(' ') + 1);
                }
            }
            out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Protocol: parley.v1.batch\r\n"
                            + "Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n")
                    .getBytes(ISO_8859_1));
        }

        private static String line(DataInputStream in) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }

        private static String accept(String key) {
            try {
                MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
                return Base64.getEncoder().encodeToString(sha1.digest((key + GUID).getBytes(ISO_8859_1)));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        /** The payload of a frame whose opcode was read; a client masks it. */
        private static byte[] payload(DataInputStream in) throws IOException {
            int length = in.readUnsignedByte() & 0x7F;
            if (length == 126) {
                length = in.readUnsignedShort();
            }
            byte[] mask = in.readNBytes(4);
            byte[] payload = in.readNBytes(length);
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= mask[i & 3];
            }
            return payload;
        }
    }
}
