package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.config.SettingsException;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bans in a file: what holds after a restart. */
class DurableBansIT {

    private static final String CODE = "only-the-operator-knows";

    @TempDir
    private Path folder;

    @Test
    void bansAndTheAuditOutliveARestart() {
        JsonObject ofGuest;
        JsonObject ofRange;
        JsonObject audit;
        String secret;
        try (TestServer server = start("parley.admins.code", CODE)) {
            Moderator boss = Moderator.signUp(server, "boss", CODE);
            ChatClient guest = server.connectAs("bob", Subprotocol.SINGLE);
            secret = guest.sessionSecret();
            ofGuest = boss.post("bans", "user", "bob", "reason", "flooding", "duration", "1h")
                    .body()
                    .getJsonObject("ban");
            ofRange = boss.post("bans", "address", "2001:db8::/64", "reason", "a flood")
                    .body()
                    .getJsonObject("ban");
            guest.seen().awaitClose();
            audit = boss.get("audit").body();
        }

        try (TestServer server = start()) {
            Moderator boss = Moderator.signIn(server, "boss");
            Seen.Close banned = new Seen.Close(4403, "flooding");
            assertEquals(
                    banned,
                    server.comeBack("bob", secret, Subprotocol.SINGLE).seen().awaitClose());
            assertEquals(
                    banned, server.connectAs("b0b", Subprotocol.SINGLE).seen().awaitClose());
            JsonObject bans = boss.get("bans").body();
            assertEquals(ofRange, bans.getJsonArray("bans").getJsonObject(0));
            assertEquals(ofGuest, bans.getJsonArray("bans").getJsonObject(1));
            assertEquals(audit, boss.get("audit").body());

            assertEquals(200, boss.lift(ofGuest.getInt("id"), "enough").status());
            server.connectAs("bob", Subprotocol.SINGLE).fence();
        }

        try (TestServer server = start()) {
            Moderator boss = Moderator.signIn(server, "boss");
            assertEquals(1, boss.get("bans").body().getJsonArray("bans").size());
            assertEquals(3, boss.get("audit").body().getJsonArray("acts").size());
        }
    }

    @Test
    void aNameThatCannotBeStopsTheStartInOneLineAndLeavesTheFileFree() {
        SettingsException refusal = assertThrows(
                SettingsException.class, () -> TestServer.with("parley.store.url", url(), "parley.admins", "\u2603"));

        assertTrue(refusal.getMessage().contains("parley.admins"), refusal.getMessage());
        start().close();
    }

    @Test
    void anAdminWhoSignedUpFirstIsOneAfterTheyAreNamed() {
        try (TestServer server = TestServer.with("parley.store.url", url())) {
            ApiClient early = new ApiClient(server);
            early.signUp("boss", "correct horse");
            assertEquals(403, early.send("GET", "admin/bans", null).status());
        }

        try (TestServer server = start()) {
            assertEquals(200, Moderator.signIn(server, "boss").get("bans").status());
        }
    }

    private TestServer start(String... more) {
        String[] settings = new String[6 + more.length];
        System.arraycopy(
                new String[] {"parley.store.url", url(), "parley.admins", "boss", "parley.drain", "0s"},
                0,
                settings,
                0,
                6);
        System.arraycopy(more, 0, settings, 6, more.length);
        return TestServer.with(settings);
    }

    private String url() {
        return "jdbc:sqlite:" + folder.resolve("parley.db");
    }
}
