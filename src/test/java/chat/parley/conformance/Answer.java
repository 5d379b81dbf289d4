package chat.parley.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Locale;

/**
 * What a server that may be on its way out says to a request.
 *
 * @param status of HTTP, or in words what came instead
 * @param retryAfter that header; empty when there is none
 */
record Answer(String status, String retryAfter) {

    /** Nobody asked, or the server never stopped to answer 200. */
    static final Answer NONE = new Answer("200 to the end", "");

    private static final int PATIENCE_MILLIS = 2_000;

    /** Asks for what is below the base, as a client that begins a handshake does, on a connection of its own. */
    static Answer to(URI base, String path) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), PATIENCE_MILLIS);
            String upgrade = path.equals("chat")
                    ? "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    : "Connection: close\r\n";
            socket.getOutputStream()
                    .write(("GET " + base.getPath() + path + " HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\n" + upgrade
                                    + "\r\n")
                            .getBytes(ISO_8859_1));
            return read(new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1)));
        } catch (ConnectException e) {
            return new Answer("connection refused", "");
        } catch (SocketTimeoutException e) {
            return new Answer("no answer", "");
        } catch (IOException e) {
            return new Answer("connection ended", "");
        }
    }

    private static Answer read(BufferedReader in) throws IOException {
        String line = in.readLine();
        if (line == null) {
            return new Answer("connection ended", "");
        }
        String status = line.split(" ")[1];
        String retryAfter = "";
        while ((line = in.readLine()) != null && !line.isEmpty()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("retry-after:")) {
                retryAfter = line.substring(line.indexOf(':') + 1).strip();
            }
        }
        return new Answer(status, retryAfter);
    }
}
