package chat.parley.verify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
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
    private static final int NORMAL = 1000;

    /** To connect, to be upgraded, and to get the rest of a frame that has begun: a server that stands still is left soon. */
    private static final int PATIENCE_MILLIS = 3_000;

    /** The largest frame of a server is 64 KB (protocol, section 1). */
    private static final long MOST_BYTES = 1 << 20;

    private static final int MOST_HEADER = 8_192;
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

        private ClosedException(int code, String reason) {
            super("closed " + code + (reason.isEmpty() ? "" : " (" + reason + ")"));
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /** The server did not upgrade the connection. */
    static final class RefusedException extends IOException {

        private static final long serialVersionUID = 1L;

        private final int retryAfterSeconds;

        private RefusedException(String status, int retryAfterSeconds) {
            super("refused: " + status);
            this.retryAfterSeconds = retryAfterSeconds;
        }

        /** 0 when it did not say when to come back. */
        int retryAfterSeconds() {
            return retryAfterSeconds;
        }
    }

    /** Connects and upgrades. */
    static Line open(URI url, Pass pass, boolean insecure, boolean batch) throws IOException {
        Socket socket = connect(url, insecure);
        try {
            Line line = new Line(socket);
            line.upgrade(url, pass, batch);
            return line;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** Ends the session of a guest, so that the name is free again; returns the status line of the answer. */
    static String signOut(URI url, String secret, boolean insecure) throws IOException {
        try (Socket socket = connect(url, insecure)) {
            String path = url.getRawPath().replaceFirst("/[^/]*$", "") + "/api/session";
            String request = "DELETE " + path + " HTTP/1.1\r\nHost: " + url.getRawAuthority()
                    + "\r\nAuthorization: Bearer " + secret + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new Line(socket).headerLine();
        }
    }

    private static Socket connect(URI url, boolean insecure) throws IOException {
        boolean secure = url.getScheme().equalsIgnoreCase("wss");
        int port = url.getPort() > 0 ? url.getPort() : secure ? 443 : 80;
        String host = url.getHost().replaceAll("[\\[\\]]", "");
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
            return secure ? Secure.over(socket, host, port, insecure) : socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    void send(String frame) throws IOException {
        socket.getOutputStream().write(masked(FINAL | TEXT, frame.getBytes(UTF_8)));
    }

    /** Says goodbye and goes, without waiting for an answer. */
    void leave() throws IOException {
        socket.getOutputStream().write(masked(FINAL | CLOSE, new byte[] {(byte) (NORMAL >> 8), (byte) NORMAL}));
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
            case CLOSE -> throw closed(payload);
            case PONG -> {
                // Nobody asked.
            }
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

    private static ClosedException closed(byte[] payload) {
        return payload.length < 2
                ? new ClosedException(1005, "")
                : new ClosedException(
                        ByteBuffer.wrap(payload).getShort() & 0xFFFF,
                        new String(payload, 2, payload.length - 2, UTF_8));
    }

    private byte[] payload() throws IOException {
        long length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        if (length < 0 || length > MOST_BYTES) {
            throw new IOException("no frame of a server: " + length + " bytes");
        }
        byte[] payload = new byte[(int) length];
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

    private void upgrade(URI url, Pass pass, boolean batch) throws IOException {
        byte[] key = new byte[16];
        ThreadLocalRandom.current().nextBytes(key);
        StringBuilder request = new StringBuilder("GET " + pass.target(url) + " HTTP/1.1\r\nHost: "
                + url.getRawAuthority() + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                + "\r\nSec-WebSocket-Key: " + Base64.getEncoder().encodeToString(key) + "\r\n");
        List<String> headers = pass.headers();
        headers.forEach(header -> request.append(header).append("\r\n"));
        if (batch) {
            request.append("Sec-WebSocket-Protocol: parley.v1.batch\r\n");
        }
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(ISO_8859_1));
        String status = headerLine();
        int retryAfter = 0;
        for (String header = headerLine(); !header.isEmpty(); header = headerLine()) {
            if (header.toLowerCase(Locale.ROOT).matches("retry-after: *[0-9]{1,6}")) {
                retryAfter = Integer.parseInt(header.replaceAll("[^0-9]", ""));
            }
        }
        if (!status.startsWith("HTTP/1.1 101")) {
            throw new RefusedException(status, retryAfter);
        }
    }

    private String headerLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            if (c != '\r') {
                line.append((char) c);
            }
            if (line.length() > MOST_HEADER) {
                throw new IOException("no answer of a web server");
            }
        }
        return line.toString();
    }
}
