package chat.parley.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** What one check has to work with: the target, clients that are gone when it ends, and names nobody else uses. */
final class Stage implements AutoCloseable {

    static final String PASSWORD = "correct horse";

    /** For names: over a whole run, restarts included, none is given twice. */
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Target target;
    private final URI base;
    private final Once once;
    private final Marks marks = new Marks();
    /** As browsers speak over plain TCP; this one would upgrade to HTTP/2, which servers do more or less well. */
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Queue<AutoCloseable> clients = new ConcurrentLinkedQueue<>();

    Stage(Target target, URI base, Once once) {
        this.target = target;
        this.base = base;
        this.once = once;
    }

    Target target() {
        return target;
    }

    Marks marks() {
        return marks;
    }

    /** A name of a room or of a user that begins like this. */
    String name(String start) {
        return start + "-" + NAMES.incrementAndGet();
    }

    /** A guest, welcomed. */
    ChatClient guest(String start) {
        return guest(start, Offer.SINGLE);
    }

    /** A guest, welcomed. */
    ChatClient guest(String start, Offer offer) {
        ChatClient guest = chat(asking(name(start)), offer);
        guest.welcome();
        return guest;
    }

    /** A guest who is in a room. */
    ChatClient member(String start, String room, Offer offer) {
        ChatClient member = guest(start, offer);
        member.join(room);
        return member;
    }

    /** Whoever this query brings; headers are names and values in turn. */
    ChatClient chat(String query, Offer offer, String... headers) {
        URI uri = URI.create(base.toString().replaceFirst("^http", "ws") + "chat" + query);
        return closing(ChatClient.connect(http, uri, offer, marks, headers));
    }

    /** Whoever this header brings. */
    ChatClient by(String header, String value) {
        return chat("", Offer.SINGLE, header, value);
    }

    /** Whoever has the session of a browser. */
    ChatClient by(Browser browser) {
        return by("Cookie", Browser.COOKIE + "=" + browser.cookie());
    }

    /** The query of a guest who asks for a name. */
    static String asking(String name) {
        return "?name=" + URLEncoder.encode(name, UTF_8);
    }

    /** The query of a guest who was here before. */
    static String returning(String name, String secret) {
        return asking(name) + "&session=" + secret;
    }

    /** Only a TCP connection. */
    RawClient dial() {
        return closing(new RawClient(base, marks, 0));
    }

    /** A guest by hand, upgraded, but not read. */
    RawClient raw(String start, Offer offer) throws Exception {
        return upgraded(dial(), name(start), offer);
    }

    /** A guest by hand whose side takes in little without reading. */
    RawClient narrow(String start, Offer offer, int receiveBytes) throws Exception {
        return upgraded(closing(new RawClient(base, marks, receiveBytes)), name(start), offer);
    }

    /** What answers a handshake. */
    RawClient.Response shake(String path, String... headers) throws Exception {
        try (RawClient client = dial()) {
            return client.shake(path, headers);
        }
    }

    /** Somebody without a cookie. */
    Browser browser() {
        return new Browser(http, base, marks);
    }

    /** An admin, signed in. */
    Browser warden() {
        Browser browser = browser();
        browser.useCookie(once.adminCookie("warden", this::browser));
        return browser;
    }

    /** Makes sure that another admin has an account. */
    void keeper() {
        once.adminCookie("keeper", this::browser);
    }

    /** What was seen of the end of the server, of which there is one of each kind. */
    Restarted restarted(Target.Stop how) throws Exception {
        return once.restarted(this, how);
    }

    /** Waits, within bounds, until it is so. */
    void until(String what, BooleanSupplier holds) {
        long end = System.nanoTime() + Seen.PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not so in time: " + what);
            }
            pause(20);
        }
    }

    /** Lets time pass, for what is told by nothing else. */
    static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private RawClient upgraded(RawClient client, String name, Offer offer) throws Exception {
        String[] headers =
                offer == Offer.NONE ? new String[0] : new String[] {"Sec-WebSocket-Protocol: " + offer.word()};
        RawClient.Response response = client.shake("chat" + asking(name), headers);
        if (response.status() != 101) {
            throw new AssertionError("no upgrade: " + response);
        }
        return client;
    }

    private <T extends AutoCloseable> T closing(T client) {
        clients.add(client);
        return client;
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable client : List.copyOf(clients)) {
            client.close();
        }
    }
}
