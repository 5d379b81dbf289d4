package chat.parley.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** As whom somebody comes: a guest with a name and the secret they were welcomed with, or whoever a token says. One thread. */
final class Pass {

    private final Access access;
    private final @Nullable String token;
    private final String base;
    private String name;
    private @Nullable String session;
    private boolean welcomed;
    private int names;

    Pass(Access access, int index, String base) {
        this.access = access;
        this.token = access.tokens().isEmpty()
                ? null
                : access.tokens().get(index % access.tokens().size());
        this.base = base;
        this.name = base;
    }

    /** What the server calls them. */
    String name() {
        return name;
    }

    /** The secret of a guest; null of others, and of one who was not welcomed yet. */
    @Nullable String session() {
        return session;
    }

    /** What to ask a server for. */
    String target(URI url) {
        String query = url.getRawQuery() == null ? "" : url.getRawQuery();
        if (access.isOfGuests()) {
            query += (query.isEmpty() ? "" : "&") + "name=" + URLEncoder.encode(name, UTF_8)
                    + (session == null ? "" : "&session=" + URLEncoder.encode(session, UTF_8));
        }
        return url.getRawPath() + (query.isEmpty() ? "" : "?" + query);
    }

    List<String> headers() {
        List<String> headers = new ArrayList<>();
        if (token != null) {
            headers.add("Authorization: Bearer " + token);
        }
        if (access.cookie() != null) {
            headers.add("Cookie: " + access.cookie());
        }
        if (access.origin() != null) {
            headers.add("Origin: " + access.origin());
        }
        return headers;
    }

    /** Whether the server knows them for who they were before; true for the first time. */
    boolean welcomed(String sender, @Nullable String secret) {
        boolean same = !welcomed || (session == null ? sender.equals(name) : session.equals(secret));
        name = sender;
        session = secret;
        welcomed = true;
        return same;
    }

    /** Takes a name that nobody has had yet. Nothing when names are not theirs to choose. */
    void rename() {
        if (access.isOfGuests()) {
            name = base + "x" + ++names;
        }
    }
}
