package chat.parley.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The opening handshake of one connection, the client's side (RFC 6455, section 4.1). No Origin: this is no browser.
 */
final class Handshake {
    // RFC 6455, section 1.3
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final byte[] BLANK_LINE = {'\r', '\n', '\r', '\n'};
    private static final int MOST_HEADER_BYTES = 16 * 1024;
    private static final int MOST_REASON_BYTES = 300;

    private final String key;
    private final String subprotocol;
    private final byte[] request;

    /** @param parameters for the query of the URL, behind those it has */
    Handshake(URI url, String parameters, String subprotocol, SplittableRandom random) {
        byte[] nonce = ByteBuffer.allocate(16)
                .putLong(random.nextLong())
                .putLong(random.nextLong())
                .array();
        this.key = Base64.getEncoder().encodeToString(nonce);
        this.subprotocol = subprotocol;
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : url.getRawQuery() + "&";
        String host = url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
        this.request = ("GET " + path + "?" + query + parameters + " HTTP/1.1\r\n"
                        + "Host: " + host + "\r\n"
                        + "Upgrade: websocket\r\n"
                        + "Connection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: " + key + "\r\n"
                        + "Sec-WebSocket-Protocol: " + subprotocol + "\r\n\r\n")
                .getBytes(ISO_8859_1);
    }

    byte[] request() {
        return request;
    }

    /**
     * Reads the answer and moves behind it; returns false when it is not there as a whole.
     *
     * @throws CannotMeasure when the server refused, or accepted something else
     */
    boolean isAccepted(ByteBuffer in) throws CannotMeasure {
        int end = endOfHeader(in);
        if (end < 0) {
            if (in.remaining() > MOST_HEADER_BYTES) {
                throw new CannotMeasure("the answer to the handshake does not end");
            }
            return false;
        }
        byte[] bytes = new byte[end - in.position()];
        in.get(bytes);
        String[] lines = new String(bytes, ISO_8859_1).split("\r\n");
        Map<String, String> fields = fields(lines);
        String[] status = lines[0].split(" ", -1);
        if (status.length < 2 || !status[1].equals("101")) {
            throw new CannotMeasure("the handshake was refused: " + lines[0] + reason(lines[0], fields, in));
        }
        if (!accept().equals(fields.get("sec-websocket-accept"))) {
            throw new CannotMeasure("the answer to the handshake is no WebSocket's: Sec-WebSocket-Accept is wrong");
        }
        if (!subprotocol.equals(fields.get("sec-websocket-protocol"))
                || fields.containsKey("sec-websocket-extensions")) {
            throw new CannotMeasure("the server did not accept " + subprotocol + " without extensions");
        }
        return true;
    }

    /** What the server says of its refusal beyond the status, as far as it has come. */
    private static String reason(String status, Map<String, String> fields, ByteBuffer in) {
        String retry = fields.containsKey("retry-after") ? ", Retry-After: " + fields.get("retry-after") : "";
        if (!fields.getOrDefault("content-type", "").startsWith("text/plain")) {
            return retry;
        }
        byte[] body = new byte[Math.min(in.remaining(), MOST_REASON_BYTES)];
        in.get(body);
        String said = new String(body, UTF_8).lines().findFirst().orElse("").strip();
        return said.isEmpty() || status.endsWith(said) ? retry : retry + ": " + said;
    }

    private String accept() {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder().encodeToString(sha1.digest((key + GUID).getBytes(ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    private static Map<String, String> fields(String... lines) {
        Map<String, String> fields = new HashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return fields;
    }

    private static int endOfHeader(ByteBuffer in) {
        for (int i = in.position(); i + BLANK_LINE.length <= in.limit(); i++) {
            if (in.slice(i, BLANK_LINE.length).equals(ByteBuffer.wrap(BLANK_LINE))) {
                return i + BLANK_LINE.length;
            }
        }
        return -1;
    }
}
