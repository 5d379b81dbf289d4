package chat.parley.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A socket that speaks RFC 6455 by hand, for everything a good client would not do. It reads only when it is told
 * to; every read is bounded. One thread at a time; whoever connects it closes it.
 */
final class RawClient implements AutoCloseable {

    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;
    static final int FINAL = 0x80;

    private static final int PATIENCE_MILLIS = 30_000;
    private static final int MASK = 0x5A;

    /** With much less than this, loopback crawls once its window was closed. */
    private static final int NARROW_BYTES = 8 * 1024;

    /** An answer to a handshake. Header names are in lower case. */
    record Response(int status, Map<String, String> headers) {}

    /** A frame from the server. */
    record Frame(int opcode, boolean isFinal, byte[] payload) {

        /** What a close frame says. */
        Seen.Close close() {
            return payload.length < 2
                    ? new Seen.Close(1005, "")
                    : new Seen.Close(
                            ByteBuffer.wrap(payload).getShort() & 0xFFFF,
                            new String(payload, 2, payload.length - 2, UTF_8));
        }
    }

    private final Socket socket;
    private final DataInputStream in;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /** Connects and upgrades. */
    static RawClient connect(int port, String target, Subprotocol subprotocol, String... headers) {
        return upgraded(dial(port, 0), target, subprotocol, headers);
    }

    /** Connects and upgrades with a small receive buffer: a server soon notices that it does not read. */
    static RawClient connectNarrow(int port, String target, Subprotocol subprotocol) {
        return upgraded(dial(port, NARROW_BYTES), target, subprotocol);
    }

    /** Only a TCP connection. */
    static RawClient dial(int port) {
        return dial(port, 0);
    }

    /** What the server answers to a handshake, without going on. */
    static Response handshake(int port, String target, String... headers) {
        try (RawClient client = dial(port)) {
            client.bytes(handshakeOf(port, target, headers).getBytes(ISO_8859_1));
            return client.readResponse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of a handshake; a header that is given replaces the usual one. */
    static String handshakeOf(int port, String target, String... headers) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.put("Host", "localhost:" + port);
        all.put("Upgrade", "websocket");
        all.put("Connection", "Upgrade");
        all.put("Sec-WebSocket-Version", "13");
        all.put("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        for (String header : headers) {
            int colon = header.indexOf(':');
            all.put(header.substring(0, colon), header.substring(colon + 1).trim());
        }
        StringBuilder text = new StringBuilder("GET " + target + " HTTP/1.1\r\n");
        all.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return text.append("\r\n").toString();
    }

    /** The bytes of a masked frame; the opcode with {@link #FINAL} or without. */
    static byte[] frame(int first, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(first);
        if (payload.length < 126) {
            out.write(0x80 | payload.length);
        } else {
            out.write(0x80 | 126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        }
        out.writeBytes(new byte[] {MASK, MASK, MASK, MASK});
        for (byte b : payload) {
            out.write(b ^ MASK);
        }
        return out.toByteArray();
    }

    void bytes(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void send(int first, byte[] payload) {
        bytes(frame(first, payload));
    }

    void text(String text) {
        send(FINAL | TEXT, text.getBytes(UTF_8));
    }

    /** The next frame. */
    Frame read() throws IOException {
        int first = in.readUnsignedByte();
        long length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        byte[] payload = new byte[Math.toIntExact(length)];
        in.readFully(payload);
        return new Frame(first & 0xF, (first & FINAL) != 0, payload);
    }

    /** Reads on, and answers nothing, until an object comes that fits; returns everything up to it. */
    List<JsonObject> readUntil(Predicate<JsonObject> fits) throws IOException {
        List<JsonObject> read = new ArrayList<>();
        long end = System.nanoTime() + 2_000_000L * PATIENCE_MILLIS;
        while (true) {
            if (System.nanoTime() > end) {
                throw new AssertionError(read.size() + " objects came, but not that");
            }
            Frame frame = read();
            if (frame.opcode() == CLOSE) {
                throw new AssertionError(frame.close() + " came instead; before it " + read);
            }
            if (frame.opcode() == TEXT) {
                List<JsonObject> objects = Wire.objects(new String(frame.payload(), UTF_8));
                read.addAll(objects);
                if (objects.stream().anyMatch(fits)) {
                    return read;
                }
            }
        }
    }

    /** Reads on until a frame with this opcode comes. */
    Frame readUntil(int opcode) throws IOException {
        while (true) {
            Frame frame = read();
            if (frame.opcode() == opcode) {
                return frame;
            }
        }
    }

    Seen.Close awaitClose() throws IOException {
        return readUntil(CLOSE).close();
    }

    /** Reads on, and answers nothing, until the server ends the TCP connection. */
    void awaitEnd() throws IOException {
        InputStream rest = in;
        byte[] sink = new byte[65_536];
        try {
            while (rest.read(sink) >= 0) {
                // whatever it is
            }
        } catch (EOFException | SocketException e) {
            // reset is an end as well
        }
    }

    /** Goes without a word, by a reset. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            // closed already
        }
        close();
    }

    /** Goes without a word. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone
        }
    }

    private static RawClient dial(int port, int receiveBuffer) {
        Socket socket = new Socket();
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            return new RawClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RawClient upgraded(RawClient client, String target, Subprotocol offer, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        if (!offer.offered().isEmpty()) {
            all.add("Sec-WebSocket-Protocol: " + offer.negotiated());
        }
        try {
            client.bytes(handshakeOf(client.socket.getPort(), target, all.toArray(String[]::new))
                    .getBytes(ISO_8859_1));
            Response response = client.readResponse();
            if (response.status() != 101) {
                throw new AssertionError(response);
            }
            return client;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads what answers the handshake. */
    Response readResponse() throws IOException {
        String[] status = readLine().split(" ");
        Map<String, String> headers = new TreeMap<>();
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
        return new Response(Integer.parseInt(status[1]), headers);
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
