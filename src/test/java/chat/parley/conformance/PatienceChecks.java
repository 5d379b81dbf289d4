package chat.parley.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import jakarta.json.JsonObject;
import java.util.List;

/** What takes its time: silence, bodies that do not come. */
final class PatienceChecks {

    private PatienceChecks() {}

    static List<Check> all() {
        return List.of(
                Check.of(
                        "7",
                        "a body that does not come within 10 s is request_timeout",
                        PatienceChecks::bodyThatDoesNotCome,
                        "problem request_timeout"),
                Check.of(
                        "1",
                        "who is silent is pinged, and dropped 4508 without a pong",
                        PatienceChecks::silence,
                        "close 4508"),
                Check.of("1", "who answers the pings stays", PatienceChecks::pongs),
                Check.of("1", "who sends ping messages stays", PatienceChecks::pingMessages));
    }

    private static void bodyThatDoesNotCome(Stage stage) throws Exception {
        RawClient slow = stage.dial();
        slow.bytes(("POST " + stage.target().base().getPath() + "api/session HTTP/1.1\r\nHost: "
                        + stage.target().base().getAuthority()
                        + "\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{\"name\"")
                .getBytes(UTF_8));
        RawClient.Response response = slow.response();
        assertEquals(408, response.status());
        JsonObject problem = Wire.parse(slow.body(Integer.parseInt(response.header("content-length"))));
        assertEquals("request_timeout", problem.getString("code"));
        stage.marks().problem(problem.getString("code"));
    }

    private static void silence(Stage stage) throws Exception {
        RawClient silent = stage.raw("silent", Offer.SINGLE);

        RawClient.Frame ping = silent.readUntil(RawClient.PING);
        RawClient.Frame next = silent.read();

        assertEquals(RawClient.PING, ping.opcode());
        while (next.opcode() == RawClient.PING) { // one is enough, more do no harm
            next = silent.read();
        }
        assertEquals(RawClient.CLOSE, next.opcode());
        assertEquals(4508, next.close().code());
        silent.awaitEnd();
    }

    private static void pongs(Stage stage) throws Exception {
        RawClient alive = stage.raw("alive", Offer.BATCH);
        long start = System.nanoTime();
        while (System.nanoTime() - start < 7_500_000_000L) { // longer than the timeout
            RawClient.Frame ping = alive.readUntil(RawClient.PING);
            alive.send(RawClient.FINAL | RawClient.PONG, ping.payload());
        }
        alive.text("{\"type\":\"ping\",\"id\":\"here\"}");
        assertNotEquals(List.of(), alive.readUntil(Wire.answer("here")));
    }

    private static void pingMessages(Stage stage) throws Exception {
        RawClient page = stage.raw("page", Offer.SINGLE);
        page.await(Wire.type("welcome"));
        for (int i = 0;
                i < 4;
                i++) { // longer than the timeout; a page never answers a ping of the socket, as if it could not see it
            Stage.pause(1_800);
            page.text("{\"type\":\"ping\",\"id\":\"p" + i + "\"}");
            JsonObject pong = page.await(Wire.answer("p" + i));
            assertEquals("pong", pong.getString("type"));
        }
    }
}
