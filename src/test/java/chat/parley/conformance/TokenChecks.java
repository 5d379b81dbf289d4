package chat.parley.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Short tokens, tokens of another user system, and how a connection lives on with a fresh one (section 7). */
final class TokenChecks {

    private TokenChecks() {}

    static List<Check> all() {
        return List.of(
                Check.of(
                        "7",
                        "a connection by a token ends with it, 4401, unless auth brings a fresh one",
                        TokenChecks::expiry,
                        "close 4401"),
                Check.of(
                        "3",
                        "auth with the token of somebody else is forbidden",
                        TokenChecks::tokenOfAnother,
                        "error forbidden"),
                Check.of(
                        "3",
                        "auth of a connection that does not end is an ack without expiresAt",
                        TokenChecks::authWithoutEnd,
                        "request auth",
                        "message ack"),
                Check.of("7", "a forged token closes 4401", TokenChecks::forged, "close 4401"),
                Check.of(
                        "7",
                        "a token of another user system is who it says, no guest, and ends with it",
                        TokenChecks::external),
                Check.of(
                        "7",
                        "a token of another user system that is not good closes 4401",
                        TokenChecks::badExternal,
                        "close 4401"),
                Check.of(
                        "7",
                        "a guest who has the name of somebody from elsewhere has to go",
                        TokenChecks::guestHasToGo));
    }

    private static void expiry(Stage stage) {
        Browser browser = stage.browser();
        JsonObject session = browser.guest(stage.name("brief"));
        String token = session.getString("token");
        ChatClient open = stage.by("Authorization", "Bearer " + token);
        assertEquals(Wire.number(session, "tokenExpiresAt"), Wire.number(open.welcome(), "expiresAt"));

        Stage.pause(1_100); // the times of tokens are whole seconds
        JsonObject fresh = browser.get("api/session").expect(200).body();
        JsonObject ack = open.get(Wire.request("auth").add("content", fresh.getString("token")));

        assertEquals("ack", ack.getString("type"));
        assertTrue(Wire.number(ack, "expiresAt") > Wire.number(session, "tokenExpiresAt"), "it lives on");
        assertEquals(4401, open.seen().awaitClose().code());
        assertTrue(System.currentTimeMillis() >= Wire.number(session, "tokenExpiresAt"), "and not shorter than before");
        assertEquals(
                4401,
                stage.by("Authorization", "Bearer " + token).seen().awaitClose().code(),
                "it is over");
    }

    private static void tokenOfAnother(Stage stage) {
        ChatClient one = stage.guest("one");
        String other = stage.browser().guest(stage.name("two")).getString("token");
        one.refused("forbidden", Wire.request("auth").add("content", other));
        one.refused("forbidden", Wire.request("auth").add("content", "no token at all"));
        one.fence();
    }

    private static void authWithoutEnd(Stage stage) {
        Browser browser = stage.browser();
        browser.guest(stage.name("endless"));
        ChatClient open = stage.by(browser);
        open.welcome();
        String token = browser.get("api/session").expect(200).body().getString("token");
        JsonObject ack = open.get(Wire.request("auth").add("content", token));
        assertEquals("ack", ack.getString("type"));
        assertFalse(ack.containsKey("expiresAt"), ack::toString);
    }

    private static void forged(Stage stage) {
        String token = stage.browser().guest(stage.name("real")).getString("token");
        String[] parts = token.split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8);
        for (String forged : List.of(
                base64("{\"alg\":\"none\",\"typ\":\"parley+jwt\"}") + "." + parts[1] + ".",
                parts[0] + "." + base64(claims.replace("real", "fake")) + "." + parts[2],
                "a.b.c",
                "nonsense")) {
            ChatClient refused = stage.by("Authorization", "Bearer " + forged);
            assertEquals(4401, refused.seen().awaitClose().code(), forged);
        }
    }

    private static void external(Stage stage) throws Exception {
        String name = stage.name("elsewhere");
        long expires = System.currentTimeMillis() / 1_000 + 6;
        ChatClient open = stage.by("Authorization", "Bearer " + external(name, "parley", expires));

        JsonObject welcome = open.welcome();

        assertEquals(name, welcome.getString("sender"));
        assertFalse(welcome.getBoolean("guest", false));
        assertEquals(expires * 1_000, Wire.number(welcome, "expiresAt"));
        String fresh = external(name, "parley", expires + 1);
        JsonObject ack = open.get(Wire.request("auth").add("content", fresh));
        assertEquals((expires + 1) * 1_000, Wire.number(ack, "expiresAt"));
        assertEquals(4401, open.seen().awaitClose().code());
        assertTrue(System.currentTimeMillis() >= (expires + 1) * 1_000);
    }

    private static void badExternal(Stage stage) throws Exception {
        long now = System.currentTimeMillis() / 1_000;
        String good = external(stage.name("nobody"), "parley", now + 60);
        for (String bad : List.of(
                external(stage.name("nobody"), "another service", now + 60),
                external(stage.name("nobody"), "parley", now - 3_600),
                good.substring(0, good.lastIndexOf('.') + 1) + base64("a signature of thirty-two bytes."))) {
            assertEquals(
                    4401,
                    stage.by("Authorization", "Bearer " + bad)
                            .seen()
                            .awaitClose()
                            .code());
        }
    }

    private static void guestHasToGo(Stage stage) throws Exception {
        String name = stage.name("sitter");
        ChatClient guest = stage.chat(Stage.asking(name), Offer.SINGLE);
        guest.welcome();
        String bearer = "Bearer " + external(name, "parley", System.currentTimeMillis() / 1_000 + 60);

        stage.until("they are let in under their name", () -> {
            ChatClient owner = stage.by("Authorization", bearer);
            if (owner.isWelcome()) {
                return true;
            }
            assertEquals(4409, owner.seen().awaitClose().code(), "until the guest has gone");
            return false;
        });

        assertEquals(4401, guest.seen().awaitClose().code());
        String again = Stage.returning(name, guest.secret());
        assertEquals(4409, stage.chat(again, Offer.SINGLE).seen().awaitClose().code());
    }

    /** A token as the other user system of {@link Target#SETTINGS} gives it. */
    static String external(String name, String audience, long expires) throws GeneralSecurityException {
        String head = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
        String claims = base64(Wire.object()
                .add("iss", Target.SETTINGS.get("parley.auth.jwt.issuer"))
                .add("aud", audience)
                .add("sub", "subject of " + name)
                .add("preferred_username", name)
                .add("exp", expires)
                .build()
                .toString());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Target.SETTINGS.get("parley.auth.jwt.secret").getBytes(UTF_8), "HmacSHA256"));
        byte[] signature = mac.doFinal((head + "." + claims).getBytes(UTF_8));
        return head + "." + claims + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}
