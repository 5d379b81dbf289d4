package chat.parley.it;

import jakarta.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** What a room's log holds, told to somebody who was not there. */
final class PageLog {

    /** As many as a page may have (protocol, section 3). */
    private static final int PAGE = 200;

    private PageLog() {}

    /** The contents of all its messages, in their order; of the server whose page that is. */
    static List<String> of(URI page, String room) {
        URI chat = URI.create("ws://" + page.getAuthority() + "/chat?name=reader");
        List<String> contents = new ArrayList<>();
        try (ChatClient reader = ChatClient.connect(chat, Subprotocol.BATCH)) {
            reader.join(room);
            long after = 0;
            while (true) {
                List<JsonObject> some = reader.get(Wire.request("history", room)
                                .add("after", after)
                                .add("limit", PAGE))
                        .getJsonArray("messages")
                        .getValuesAs(JsonObject.class);
                if (some.isEmpty()) {
                    return contents;
                }
                some.forEach(message -> contents.add(message.getString("content")));
                after = some.get(some.size() - 1).getJsonNumber("seq").longValue();
            }
        }
    }
}
