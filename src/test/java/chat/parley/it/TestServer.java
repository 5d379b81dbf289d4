package chat.parley.it;

import chat.parley.Parley;
import chat.parley.config.SettingsLoader;
import chat.parley.server.EmbeddedJetty;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server on a free port. As a static extension it lives as long as the class, and its clients as long as the test;
 * else whoever starts it closes it. What the settings do not say is the default, but for the rates and for the
 * names of an address, which have no limit.
 */
final class TestServer implements AutoCloseable, AfterEachCallback, AfterAllCallback {

    /** Of all servers: several may have the same people. */
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final EmbeddedJetty jetty;
    private final Queue<Runnable> clients = new ConcurrentLinkedQueue<>();
    private boolean stopped;

    private TestServer(EmbeddedJetty jetty) {
        this.jetty = jetty;
    }

    /** Starts a server; keys and values of settings in turn. */
    static TestServer with(String... settings) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("parley.port", "0");
        values.put("parley.store.url", "memory:");
        for (String rate : List.of(
                "messages-per-second",
                "joins-per-minute",
                "new-rooms-per-hour",
                "handshakes",
                "handshakes-per-address",
                "guest-names-per-address")) {
            values.put("parley.limits." + rate, "0");
        }
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        try {
            return new TestServer(EmbeddedJetty.start(SettingsLoader.of(values)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return jetty.uri().getPort();
    }

    /** Where nothing is served but the way to TLS, if there is TLS; else the same as {@link #uri()}. */
    URI plainUri() {
        return jetty.plainUri();
    }

    URI uri() {
        return jetty.uri();
    }

    Parley parley() {
        return jetty.parley();
    }

    /** Connects a guest whose name begins like this and was never used before. */
    ChatClient connect(String name) {
        return connect(name, Subprotocol.SINGLE);
    }

    ChatClient connect(String name, Subprotocol subprotocol) {
        return connectAs(newName(name), subprotocol);
    }

    /** Connects a guest with exactly this name. */
    ChatClient connectAs(String name, Subprotocol subprotocol) {
        return connectTo("?name=" + encoded(name), subprotocol);
    }

    /** Connects somebody who was here before, with the same subprotocol or another. */
    ChatClient comeBack(String name, String session, Subprotocol subprotocol) {
        return connectTo("?name=" + encoded(name) + "&session=" + encoded(session), subprotocol);
    }

    ChatClient connectTo(String query, Subprotocol subprotocol) {
        return closing(ChatClient.connect(URI.create("ws://localhost:" + port() + "/chat" + query), subprotocol));
    }

    /** Connects a raw client under a new name. */
    RawClient raw(String name, Subprotocol subprotocol) {
        return closing(RawClient.connect(port(), "/chat?name=" + newName(name), subprotocol));
    }

    /** Has a client closed when the test is over. */
    ChatClient closing(ChatClient client) {
        clients.add(client::close);
        return client;
    }

    /** Has a client closed when the test is over. */
    RawClient closing(RawClient client) {
        clients.add(client::close);
        return client;
    }

    String newName(String name) {
        return name + "-" + NAMES.incrementAndGet();
    }

    /** Closes the clients. */
    void hangUp() {
        for (Runnable close = clients.poll(); close != null; close = clients.poll()) {
            close.run();
        }
    }

    /** Stops the server while its clients are connected; once. */
    void stop() {
        stopped = true;
        jetty.stop();
    }

    @Override
    public void close() {
        hangUp();
        if (!stopped) {
            Eventually.holds("everybody is gone", () -> parley().connections().size() == 0);
            stop();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        hangUp();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
