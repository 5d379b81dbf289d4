package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The directory of rooms over HTTP. */
class DirectoryIT {

    @RegisterExtension
    static final TestServer server = TestServer.with("parley.presence.linger", "0s");

    private final ApiClient browser = new ApiClient(server);

    @Test
    void whoIsInFindsRoomsByTheirPeopleAndByAPartOfTheirName() {
        ChatClient anna = server.connect("anna");
        ChatClient bert = server.connect("bert");
        anna.join("dir-hall");
        bert.join("dir-hall");
        anna.join("dir-den");
        anna.join("dir-quiet-1");
        anna.say("dir-quiet-1", "hello");
        anna.get(Wire.request("leave", "dir-quiet-1"));
        browser.comeAsGuest(server.newName("carl"));

        Eventually.holds(
                () -> "rooms are " + rooms("DIR-"),
                () -> rooms("DIR-").equals(List.of("dir-hall 2", "dir-den 1", "dir-quiet-1 0")));
        assertEquals(List.of("dir-den 1"), rooms("den"));
        assertEquals(List.of(), rooms("no such room"));
        JsonObject part = browser.send("GET", "rooms?filter=dir-&limit=1", null).body();
        assertEquals(1, part.getJsonArray("rooms").size());
        assertEquals(true, part.getBoolean("more"));
    }

    @Test
    void aStrangerSeesNone() {
        ApiClient.Answer answer = browser.send("GET", "rooms", null);

        assertEquals(401, answer.status());
        assertEquals("not_signed_in", answer.code());
        assertFalse(answer.body().containsKey("rooms"));
    }

    @Test
    void aLimitThatIsNoneIsRefused() {
        browser.comeAsGuest(server.newName("dora"));

        assertEquals("bad_request", browser.send("GET", "rooms?limit=0", null).code());
        assertEquals(
                "bad_request", browser.send("GET", "rooms?limit=many", null).code());
    }

    private List<String> rooms(String filter) {
        return browser
                .send("GET", "rooms?filter=" + filter.replace(" ", "%20"), null)
                .body()
                .getJsonArray("rooms")
                .getValuesAs(JsonObject.class)
                .stream()
                .map(room -> room.getString("room") + " " + room.getInt("count"))
                .toList();
    }
}
