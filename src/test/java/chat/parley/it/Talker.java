package chat.parley.it;

import jakarta.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A client that talks on and on, one message after the other, whatever happens to the server: it comes back, and says
 * again under the same id what was not answered. {@link #stop} answers what it has said, which is in the log then.
 */
final class Talker {

    private static final int ATTEMPTS = 600;

    private final URI chat;
    private final String room;
    private final String name;
    private final List<String> said = new ArrayList<>();
    private final Thread thread;
    private volatile int count;
    private volatile boolean stopping;
    private String session = "";

    private Talker(URI page, String name, String room) {
        this.chat = URI.create("ws://" + page.getAuthority() + "/chat");
        this.name = name;
        this.room = room;
        this.thread = new Thread(this::talk, "talker");
        thread.setDaemon(true);
    }

    /** Begins to talk, at the server that has this page. */
    static Talker start(URI page, String name, String room) {
        Talker talker = new Talker(page, name, room);
        talker.thread.start();
        return talker;
    }

    /** How many messages of it are in the log at least. */
    int count() {
        return count;
    }

    /** Ends with the message that is under way. */
    List<String> stop() throws InterruptedException {
        stopping = true;
        thread.join(60_000);
        if (thread.isAlive()) {
            throw new AssertionError("still talks");
        }
        return List.copyOf(said);
    }

    private void talk() {
        for (int attempt = 0; attempt < ATTEMPTS && !stopping; attempt++) {
            try (ChatClient client = connect()) {
                client.join(room);
                talkOn(client);
            } catch (RuntimeException | AssertionError e) {
                pause(); // there is no server now
            }
        }
    }

    private void talkOn(ChatClient client) {
        while (!stopping) {
            String words = name + " " + said.size();
            client.send(Wire.message(room, "talker-" + name + "-" + said.size(), words));
            JsonObject answer = client.seen().await(Wire.answer("talker-" + name + "-" + said.size()));
            if (answer.getString("type").equals("ack")) {
                said.add(words);
                count = said.size();
            }
            pause();
        }
    }

    private ChatClient connect() {
        String who = "?name=" + name + (session.isEmpty() ? "" : "&session=" + encoded(session));
        ChatClient client = ChatClient.connect(URI.create(chat + who), Subprotocol.SINGLE);
        session = client.sessionSecret();
        return client;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void pause() {
        try {
            Thread.sleep(50); // as fast as somebody who types very fast
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
