package chat.parley.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import org.jspecify.annotations.Nullable;

/** As whom a client comes: the name and the secret it was welcomed with. One thread. */
final class Person {

    private final String base;
    private String name;
    private @Nullable String session;
    private int names;

    Person(String base) {
        this.base = base;
        this.name = base;
    }

    String name() {
        return name;
    }

    String target() {
        return "/chat?name=" + URLEncoder.encode(name, UTF_8)
                + (session == null ? "" : "&session=" + URLEncoder.encode(session, UTF_8));
    }

    /** Whether the server knows it for who it was before; true for the first time. */
    boolean welcomed(String sender, String secret) {
        boolean same = session == null || session.equals(secret);
        name = sender;
        session = secret;
        return same;
    }

    /** Takes a name that nobody has had yet. */
    void rename() {
        name = base + "x" + ++names;
    }
}
