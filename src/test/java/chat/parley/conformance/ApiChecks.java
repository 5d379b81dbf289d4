package chat.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.List;

/** What holds for every request over HTTP, and the list of rooms (section 7). */
final class ApiChecks {

    private ApiChecks() {}

    static List<Check> all() {
        return List.of(
                Check.of("7", "GET /api/ways tells the ways in, and who is in", ApiChecks::ways),
                Check.of("7", "without a session it is not_signed_in", ApiChecks::notSignedIn, "problem not_signed_in"),
                Check.of("7", "GET /api/rooms lists rooms by people, in parts", ApiChecks::rooms),
                Check.of("7", "what is not there is not_found", ApiChecks::notFound, "problem not_found"),
                Check.of(
                        "7",
                        "another method is method_not_allowed and tells which are",
                        ApiChecks::otherMethod,
                        "problem method_not_allowed"),
                Check.of(
                        "7",
                        "another type than JSON is unsupported_media_type",
                        ApiChecks::otherType,
                        "problem unsupported_media_type"),
                Check.of(
                        "7",
                        "a body that is not what is asked for is bad_request",
                        ApiChecks::badBody,
                        "problem bad_request"),
                Check.of("7", "more than 8 KB are too_large", ApiChecks::largeBody, "problem too_large"),
                Check.of(
                        "7",
                        "a foreign origin changes nothing: foreign_origin",
                        ApiChecks::foreignOrigin,
                        "problem foreign_origin"),
                Check.of("7", "a listed origin may ask, by bearer (CORS)", ApiChecks::listedOrigin),
                Check.of(
                        "7",
                        "who is from elsewhere has no_account here and no token of ours",
                        ApiChecks::noAccount,
                        "problem no_account"));
    }

    private static void ways(Stage stage) {
        Browser browser = stage.browser();
        JsonObject before = browser.get("api/ways").expect(200).body();
        assertTrue(before.getBoolean("guests") && before.getBoolean("signIn") && before.getBoolean("signUp"));
        assertFalse(before.containsKey("session"));
        String name = stage.name("ways");
        browser.guest(name);
        JsonObject session = browser.get("api/ways").expect(200).body().getJsonObject("session");
        assertEquals(name, session.getString("name"));
        assertTrue(session.getBoolean("guest"));
        assertFalse(session.containsKey("token"));
    }

    private static void notSignedIn(Stage stage) {
        Browser nobody = stage.browser();
        nobody.get("api/session").problem(401, "not_signed_in");
        nobody.get("api/rooms").problem(401, "not_signed_in");
        nobody.post("api/tickets").problem(401, "not_signed_in");
        nobody.get("api/session", "Authorization", "Bearer nonsense").problem(401, "not_signed_in");
    }

    private static void rooms(Stage stage) {
        String part = stage.name("listed");
        ChatClient alice = stage.member("alice", part + "-two", Offer.SINGLE);
        ChatClient bob = stage.member("bob", part + "-two", Offer.SINGLE);
        stage.member("carol", part + "-one", Offer.SINGLE).say(part + "-one", "x");
        alice.say(part + "-two", "x");
        bob.fence();
        Browser reader = stage.browser();
        reader.guest(stage.name("reader"));
        stage.until("both are listed, the fuller one first", () -> {
            JsonObject list = reader.get("api/rooms?filter=" + part).expect(200).body();
            List<JsonObject> rooms = list.getJsonArray("rooms").getValuesAs(JsonObject.class);
            return rooms.size() == 2
                    && Wire.strings(rooms, "room").equals(List.of(part + "-two", part + "-one"))
                    && rooms.get(0).getInt("count") == 2
                    && rooms.get(1).getInt("count") == 1
                    && !list.getBoolean("more");
        });
        JsonObject one =
                reader.get("api/rooms?limit=1&filter=" + part).expect(200).body();
        assertEquals(1, one.getJsonArray("rooms").size());
        assertTrue(one.getBoolean("more"));
        reader.get("api/rooms?limit=201").problem(400, "bad_request");
    }

    private static void notFound(Stage stage) {
        stage.browser().get("api/nothing").problem(404, "not_found");
        stage.browser().get("api/users/you").problem(404, "not_found");
    }

    private static void otherMethod(Stage stage) {
        Browser.Answer answer = stage.browser().send("PUT", "api/session", "{}");
        answer.problem(405, "method_not_allowed");
        assertTrue(answer.header("Allow").contains("DELETE"), answer.header("Allow"));
    }

    private static void otherType(Stage stage) {
        for (String path : List.of("api/users", "api/session", "api/session/password", "api/tickets")) {
            stage.browser()
                    .send("POST", path, "{}", "Content-Type", "text/plain")
                    .problem(415, "unsupported_media_type");
        }
    }

    private static void badBody(Stage stage) {
        for (String body : List.of("x", "[]", "null", "{", "{\"name\":5,\"password\":\"correct horse\"}")) {
            stage.browser().send("POST", "api/users", body).problem(400, "bad_request");
        }
    }

    private static void largeBody(Stage stage) {
        stage.browser()
                .post("api/users", "name", "x".repeat(9_000), "password", "y")
                .problem(413, "too_large");
    }

    private static void foreignOrigin(Stage stage) {
        Browser browser = stage.browser();
        String name = stage.name("csrf");
        browser.signUp(name, Stage.PASSWORD);
        for (String origin : List.of("http://evil.example", "null")) {
            for (String path : List.of("api/users", "api/session", "api/session/password", "api/tickets")) {
                browser.send("POST", path, "{}", "Origin", origin).problem(403, "foreign_origin");
            }
            browser.send("DELETE", "api/session", null, "Origin", origin).problem(403, "foreign_origin");
        }
        assertEquals(name, browser.get("api/session").expect(200).body().getString("name"));
    }

    private static void listedOrigin(Stage stage) {
        String origin = "https://chat.example.org";
        String token = stage.browser().guest(stage.name("cors")).getString("token");
        Browser.Answer asked = stage.browser()
                .send(
                        "OPTIONS",
                        "api/tickets",
                        null,
                        "Origin",
                        origin,
                        "Access-Control-Request-Method",
                        "POST",
                        "Access-Control-Request-Headers",
                        "authorization,content-type");
        assertTrue(asked.status() == 204 || asked.status() == 200, asked::toString);
        assertEquals(origin, asked.header("Access-Control-Allow-Origin"));
        Browser.Answer given =
                stage.browser().send("POST", "api/tickets", "{}", "Origin", origin, "Authorization", "Bearer " + token);
        given.expect(201);
        assertEquals(origin, given.header("Access-Control-Allow-Origin"));
    }

    private static void noAccount(Stage stage) throws Exception {
        String name = stage.name("foreigner");
        String bearer = "Bearer " + TokenChecks.external(name, "parley", System.currentTimeMillis() / 1_000 + 60);
        JsonObject session = stage.browser()
                .get("api/session", "Authorization", bearer)
                .expect(200)
                .body();
        assertEquals(name, session.getString("name"));
        assertFalse(session.containsKey("token"));
        JsonObject ways = stage.browser()
                .get("api/ways", "Authorization", bearer)
                .expect(200)
                .body();
        assertTrue(ways.getJsonObject("session").getBoolean("external"));
        stage.browser()
                .send(
                        "POST",
                        "api/session/password",
                        Wire.strings("password", "x", "newPassword", "another one"),
                        "Authorization",
                        bearer)
                .problem(403, "no_account");
        JsonObject ticket = stage.browser()
                .send("POST", "api/tickets", "{}", "Authorization", bearer)
                .expect(201)
                .body();
        assertEquals(
                name,
                stage.chat("?ticket=" + ticket.getString("ticket"), Offer.SINGLE)
                        .name());
    }
}
