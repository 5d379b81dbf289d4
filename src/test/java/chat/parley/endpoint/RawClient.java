package chat.parley.endpoint;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A WebSocket client (RFC 6455) that reads a frame when it is told to, and else nothing: so it can stall. */
final class RawClient implements AutoCloseable {

    static final int TEXT = 1;
    static final int CLOSE = 8;
    static final int PING = 9;

    /** A frame as it came. */
    record Frame(int opcode, boolean isFinal, byte[] payload) {

        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        int closeCode() {
            return ByteBuffer.wrap(payload).getShort() & 0xffff;
        }

        String closeReason() {
            return new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
        }
    }

    private final Socket socket = new Socket();
    private final DataInputStream in;

    RawClient(int port) throws IOException {
        socket.setReceiveBufferSize(4_096); // little fits, so that a stall is soon felt
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress("127.0.0.1", port), 30_000);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1_024));
        String request = "GET /probe HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String status = line();
        if (!status.contains(" 101 ")) {
            throw new IOException(status);
        }
        while (!line().isEmpty()) {
            // the headers say nothing that matters here
        }
    }

    /** The next frame, waited for. */
    Frame read() throws IOException {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        byte[] payload = new byte[length];
        in.readFully(payload);
        return new Frame(first & 0x0f, (first & 0x80) != 0, payload);
    }

    /** The next text, which has to be whole. */
    String readText() throws IOException {
        Frame frame = read();
        if (frame.opcode() != TEXT || !frame.isFinal()) {
            throw new IOException("no whole text: " + frame);
        }
        return frame.text();
    }

    /** Goes away without a word; what was not read makes it a reset. */
    void vanish() throws IOException {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            // it is gone already
        }
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            line.append((char) c);
        }
        return line.toString().trim();
    }
}
