package chat.parley.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A socket that speaks HTTP and RFC 6455 by hand, for everything a good client would not do. It reads only when it is
 * told to; every read is bounded. One thread at a time; whoever dials closes it.
 */
final class RawClient implements AutoCloseable {

    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;
    static final int FINAL = 0x80;

    private static final int MASK = 0x5A;

    /** For what is read until something comes: each read is bounded, but a server that goes on to ping would renew that. */
    private static final class Deadline {

        private final long end = System.nanoTime() + 2 * Seen.PATIENCE.toNanos();

        void check() throws SocketTimeoutException {
            if (System.nanoTime() > end) {
                throw new SocketTimeoutException("Read timed out: something comes, but not what was awaited");
            }
        }
    }

    /** An answer to a request. Header names are in lower case. */
    record Response(int status, Map<String, String> headers) {

        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** A frame from the server. */
    record Frame(int first, byte[] payload) {

        int opcode() {
            return first & 0xF;
        }

        String text() {
            return new String(payload, UTF_8);
        }

        /** What a close frame says. */
        Seen.Close close() {
            return payload.length < 2
                    ? new Seen.Close(1005, "")
                    : new Seen.Close(
                            ByteBuffer.wrap(payload).getShort() & 0xFFFF,
                            new String(payload, 2, payload.length - 2, UTF_8));
        }
    }

    /** A server may wait half a minute for the close frame of a client that sends none. */
    private static final int PATIENCE_MILLIS = 45_000;

    private final Socket socket = new Socket();
    private final URI base;
    private final Marks marks;
    private final DataInputStream in;

    /** What has come of a message that comes in pieces, and its opcode. */
    private final ByteArrayOutputStream pieces = new ByteArrayOutputStream();

    private int kind;

    /** Only a TCP connection; with a receive buffer of so many bytes, 0 for the usual one: of a small one a server soon notices who does not read. */
    RawClient(URI base, Marks marks, int receiveBytes) {
        this.base = base;
        this.marks = marks;
        try {
            if (receiveBytes > 0) {
                socket.setReceiveBufferSize(receiveBytes);
            }
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), PATIENCE_MILLIS);
            this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of a handshake for a path below the base; a header that is given replaces the usual one. */
    String handshake(String path, String... headers) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.put("Host", base.getHost() + ":" + base.getPort());
        all.put("Upgrade", "websocket");
        all.put("Connection", "Upgrade");
        all.put("Sec-WebSocket-Version", "13");
        all.put("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        for (String header : headers) {
            int colon = header.indexOf(':');
            all.put(header.substring(0, colon), header.substring(colon + 1).trim());
        }
        return head("GET", path, all);
    }

    /** The bytes of a request for what is at a path below the base. */
    String get(String path) {
        return head("GET", path, Map.of("Host", base.getHost() + ":" + base.getPort()));
    }

    /** The bytes of a request that posts JSON, in ASCII, to a path below the base. */
    String post(String path, String json) {
        return head(
                        "POST",
                        path,
                        Map.of(
                                "Host",
                                base.getHost() + ":" + base.getPort(),
                                "Content-Type",
                                "application/json",
                                "Content-Length",
                                String.valueOf(json.length())))
                + json;
    }

    private String head(String method, String path, Map<String, String> headers) {
        StringBuilder text = new StringBuilder(method + " " + base.getPath() + path + " HTTP/1.1\r\n");
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return text.append("\r\n").toString();
    }

    /** Sends a handshake and returns what answers it. */
    Response shake(String path, String... headers) throws IOException {
        bytes(handshake(path, headers).getBytes(ISO_8859_1));
        return response();
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

    void bytes(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    void send(int first, byte[] payload) throws IOException {
        bytes(frame(first, payload));
    }

    void text(String text) throws IOException {
        marks.sent(text);
        send(FINAL | TEXT, text.getBytes(UTF_8));
    }

    /** The next message or control frame: a server may send a message in pieces. */
    Frame read() throws IOException {
        while (true) {
            Frame frame = readFrame();
            boolean isLast = (frame.first() & FINAL) != 0;
            if (frame.opcode() >= CLOSE || (isLast && frame.opcode() != CONTINUATION)) {
                return frame;
            }
            if (frame.opcode() != CONTINUATION) {
                kind = frame.opcode();
                pieces.reset();
            }
            pieces.writeBytes(frame.payload());
            if (isLast) {
                return new Frame(FINAL | kind, pieces.toByteArray());
            }
        }
    }

    private Frame readFrame() throws IOException {
        int first = in.readUnsignedByte();
        long length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        byte[] payload = new byte[Math.toIntExact(length)];
        in.readFully(payload);
        Frame frame = new Frame(first, payload);
        if (frame.opcode() == CLOSE) {
            marks.closed(frame.close().code());
        }
        return frame;
    }

    /** Reads on, and answers nothing, until an object comes that fits; returns everything up to it. */
    List<JsonObject> readUntil(Predicate<JsonObject> fits) throws IOException {
        List<JsonObject> all = new ArrayList<>();
        Deadline deadline = new Deadline();
        while (true) {
            deadline.check();
            Frame frame = read();
            if (frame.opcode() == CLOSE) {
                throw new AssertionError(frame.close() + " came instead; before it "
                        + all.stream().map(Wire::brief).toList());
            }
            if (frame.opcode() == TEXT) {
                List<JsonObject> objects = Wire.objects(frame.text());
                objects.forEach(marks::frame);
                all.addAll(objects);
                if (objects.stream().anyMatch(fits)) {
                    return all;
                }
            }
        }
    }

    /** The first object that fits; what comes before it is dropped. */
    JsonObject await(Predicate<JsonObject> fits) throws IOException {
        return readUntil(fits).stream().filter(fits).findFirst().orElseThrow();
    }

    /** Reads on until a frame with this opcode comes. */
    Frame readUntil(int opcode) throws IOException {
        Deadline deadline = new Deadline();
        while (true) {
            deadline.check();
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
        byte[] sink = new byte[65_536];
        try {
            Deadline deadline = new Deadline();
            while (in.read(sink) >= 0) {
                deadline.check();
            }
        } catch (SocketException e) {
            // reset is an end as well
        }
    }

    /** Reads on, answers a close frame if one comes (RFC 6455, section 5.5.1), until the server ends the TCP connection. */
    void answerUntilEnd() throws IOException {
        try {
            Deadline deadline = new Deadline();
            while (true) {
                deadline.check();
                Frame frame = read();
                if (frame.opcode() == CLOSE) {
                    send(FINAL | CLOSE, frame.payload());
                }
            }
        } catch (EOFException | SocketException e) {
            // a reset is an end as well, and so is one within a frame
        }
    }

    /** Goes without a word, by a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
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

    /** Reads the head of an answer. */
    Response response() throws IOException {
        String[] status = line().split(" ");
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
        Response response = new Response(Integer.parseInt(status[1]), headers);
        marks.status(response.status());
        return response;
    }

    /** Reads so many bytes of an answer. */
    String body(int length) throws IOException {
        return new String(in.readNBytes(length), UTF_8);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
