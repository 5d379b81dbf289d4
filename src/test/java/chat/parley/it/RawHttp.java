package chat.parley.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** HTTP by hand, for requests that no client would send. Every read is bounded. */
final class RawHttp implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;

    /** An answer; headers as they came, the body as text. */
    record Answer(int status, List<String> headers, String body) {

        /** The values of a header, whatever its case; joined when there are several. */
        String header(String name) {
            String start = name.toLowerCase(Locale.ROOT) + ":";
            return String.join(
                    ", ",
                    headers.stream()
                            .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(start))
                            .map(header -> header.substring(start.length()).trim())
                            .toList());
        }

        /** What the problem is called; fails when it is none. */
        String code() {
            if (!header("Content-Type").equals("application/problem+json")) {
                throw new AssertionError("no problem: " + this);
            }
            JsonObject problem = Wire.objects(body).get(0);
            if (problem.getInt("status") != status
                    || !problem.getString("type").equals("urn:parley:problem:" + problem.getString("code"))) {
                throw new AssertionError("not the problem it says: " + this);
            }
            return problem.getString("code");
        }
    }

    private final Socket socket = new Socket();
    private final boolean hasBody;

    private RawHttp(int port, boolean hasBody) throws IOException {
        this.hasBody = hasBody;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
    }

    /** Only a TCP connection. */
    static RawHttp dial(int port) {
        try {
            return new RawHttp(port, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What these bytes, one a character, are answered with; the first answer, if there are several. */
    static Answer send(int port, String request) {
        try (RawHttp http = new RawHttp(port, !request.startsWith("HEAD "))) {
            http.write(request);
            return http.answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The head of a request to this server, with an empty line behind it. */
    static String head(int port, String line, String... headers) {
        StringBuilder text = new StringBuilder(line)
                .append(" HTTP/1.1\r\nHost: localhost:")
                .append(port)
                .append("\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        return text.append("\r\n").toString();
    }

    /** A whole request with a JSON body. */
    static String json(int port, String line, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("Content-Type: application/json");
        all.add("Content-Length: " + body.getBytes(UTF_8).length);
        return head(port, line, all.toArray(String[]::new)) + new String(body.getBytes(UTF_8), ISO_8859_1);
    }

    void write(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    }

    /** The next answer. */
    Answer answer() throws IOException {
        String[] status = line().split(" ");
        List<String> headers = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            headers.add(line);
        }
        Answer head = new Answer(Integer.parseInt(status[1]), headers, "");
        String length = head.header("Content-Length");
        if (!hasBody || length.isEmpty() || status[1].equals("204")) {
            return head;
        }
        byte[] body = socket.getInputStream().readNBytes(Integer.parseInt(length));
        return new Answer(head.status(), headers, new String(body, UTF_8));
    }

    /** Whether the server ends the connection after what it said. */
    boolean isClosed() throws IOException {
        return socket.getInputStream().read() < 0;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = socket.getInputStream().read();
                c != '\n';
                c = socket.getInputStream().read()) {
            if (c < 0) {
                throw new IOException("the connection ended: " + line);
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone
        }
    }
}
