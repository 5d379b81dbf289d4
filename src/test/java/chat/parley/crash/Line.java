package chat.parley.crash;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A WebSocket over a plain socket, which can also be cut in the middle of a frame. One thread; whoever opens it closes it. */
final class Line implements AutoCloseable {

    private static final int CONTINUATION = 0x0;
    private static final int TEXT = 0x1;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xA;
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int PATIENCE_MILLIS = 10_000;
    private static final byte[] MASK = {0x5A, 0x11, 0x3C, 0x77};

    private final Socket socket;
    private final DataInputStream in;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    private Line(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 65_536));
    }

    /** The server closed it. */
    static final class ClosedException extends IOException {

        private static final long serialVersionUID = 1L;

        private final int code;

        private ClosedException(int code) {
            super("closed " + code);
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /** Connects and upgrades. */
    static Line open(int port, String target, boolean batch) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            Line line = new Line(socket);
            line.upgrade(port, target, batch);
            return line;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    void send(String frame) throws IOException {
        socket.getOutputStream().write(masked(FINAL | TEXT, frame.getBytes(UTF_8)));
    }

    /** Sends the beginning of a frame, and nothing comes after it but a reset. */
    void cutWithin(String frame) throws IOException {
        byte[] whole = masked(FINAL | TEXT, frame.getBytes(UTF_8));
        socket.getOutputStream().write(whole, 0, whole.length / 2);
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /**
     * The next text; null when none begins within the time.
     *
     * @throws ClosedException when the server closes
     */
    @Nullable String read(int millis) throws IOException {
        int first;
        try {
            socket.setSoTimeout(millis);
            first = in.readUnsignedByte();
        } catch (SocketTimeoutException e) {
            return null;
        }
        socket.setSoTimeout(PATIENCE_MILLIS);
        byte[] payload = payload();
        switch (first & 0xF) {
            case TEXT, CONTINUATION -> text.writeBytes(payload);
            case CLOSE ->
                throw new ClosedException(
                        payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xFFFF);
            case PING -> socket.getOutputStream().write(masked(FINAL | PONG, payload));
            default -> throw new IOException("no such frame: " + first);
        }
        boolean isText = (first & 0xF) <= TEXT;
        if (!isText || (first & FINAL) == 0) {
            return null;
        }
        String whole = text.toString(UTF_8);
        text.reset();
        return whole;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone.
        }
    }

    private byte[] payload() throws IOException {
        long length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        byte[] payload = new byte[Math.toIntExact(length)];
        in.readFully(payload);
        return payload;
    }

    private static byte[] masked(int first, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 8);
        out.write(first);
        if (payload.length < 126) {
            out.write(MASKED | payload.length);
        } else {
            out.write(MASKED | 126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        }
        out.writeBytes(MASK);
        byte[] hidden = Arrays.copyOf(payload, payload.length);
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] ^= MASK[i & 3];
        }
        out.writeBytes(hidden);
        return out.toByteArray();
    }

    private void upgrade(int port, String target, boolean batch) throws IOException {
        String request = "GET " + target + " HTTP/1.1\r\nHost: localhost:" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + (batch ? "Sec-WebSocket-Protocol: parley.v1.batch\r\n" : "") + "\r\n";
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        String status = headerLine();
        String header = status;
        while (!header.isEmpty()) {
            header = headerLine();
        }
        if (!status.startsWith("HTTP/1.1 101")) {
            throw new IOException("refused: " + status);
        }
    }

    private String headerLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
