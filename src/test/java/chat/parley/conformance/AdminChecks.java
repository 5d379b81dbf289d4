package chat.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.List;

/** Kicks and bans (section 7, for admins). */
final class AdminChecks {

    private AdminChecks() {}

    static List<Check> all() {
        return List.of(
                Check.of("7", "a kick closes 4403 and says why; they may come back", AdminChecks::kick, "close 4403"),
                Check.of(
                        "7",
                        "a ban closes 4403 by every way until it is lifted",
                        AdminChecks::ban,
                        "close 4403",
                        "problem banned"),
                Check.of(
                        "7",
                        "a ban of a guest holds for the name and its looks",
                        AdminChecks::banOfGuest,
                        "close 4403",
                        "problem banned"),
                Check.of("7", "a ban with a duration ends by itself", AdminChecks::banThatEnds, "problem banned"),
                Check.of("7", "a range of addresses can be banned, listed and lifted", AdminChecks::range),
                Check.of(
                        "4",
                        "a long reason is cut at a character in the close frame",
                        AdminChecks::longReason,
                        "close 4403"),
                Check.of(
                        "7",
                        "admins hit neither themselves nor each other: yourself, is_admin",
                        AdminChecks::ownPeople,
                        "problem yourself",
                        "problem is_admin"),
                Check.of("7", "nobody else may: forbidden", AdminChecks::nobodyElse, "problem forbidden"),
                Check.of(
                        "7",
                        "the name of an admin is kept: name_kept, 4409 for guests",
                        AdminChecks::keptName,
                        "problem name_kept"),
                Check.of("7", "what was done is in the audit, who is connected in the list", AdminChecks::lists));
    }

    private static void kick(Stage stage) {
        ChatClient loud = stage.guest("loud");
        ChatClient other = stage.chat(Stage.returning(loud.name(), loud.secret()), Offer.BATCH);
        other.welcome();
        JsonObject done = admin(stage, "kick", "user", loud.name(), "reason", "too loud")
                .expect(200)
                .body();
        assertEquals(2, done.getInt("connections"));
        assertEquals(1, done.getJsonArray("addresses").size());
        Seen.Close kicked = new Seen.Close(4403, "kicked: too loud");
        assertEquals(kicked, loud.seen().awaitClose());
        assertEquals(kicked, other.seen().awaitClose());
        assertEquals(
                loud.name(),
                stage.chat(Stage.returning(loud.name(), loud.secret()), Offer.SINGLE)
                        .name());
        admin(stage, "kick", "user", stage.name("nobody"), "reason", "x").problem(404, "not_found");
    }

    private static void ban(Stage stage) {
        Browser troll = stage.browser();
        String name = stage.name("troll");
        troll.signUp(name, Stage.PASSWORD);
        String ticket = troll.ticket();
        ChatClient open = stage.by(troll);
        open.welcome();

        JsonObject made = admin(stage, "bans", "user", name, "reason", "spam, again")
                .expect(201)
                .body();

        Seen.Close banned = new Seen.Close(4403, "spam, again");
        assertEquals(1, made.getInt("connections"));
        assertEquals(banned, open.seen().awaitClose());
        assertEquals(banned, stage.by(troll).seen().awaitClose());
        assertEquals(
                banned, stage.chat("?ticket=" + ticket, Offer.SINGLE).seen().awaitClose());
        assertEquals(
                "spam, again", troll.get("api/session").problem(403, "banned").getString("detail"));
        stage.browser()
                .post("api/session", "name", name, "password", Stage.PASSWORD)
                .problem(403, "banned");

        lift(stage, made.getJsonObject("ban").getInt("id")).expect(200);
        assertEquals(name, stage.by(troll).name(), "the session was only held up");
    }

    private static void banOfGuest(Stage stage) {
        ChatClient guest = stage.guest("bob");
        JsonObject made = admin(stage, "bans", "user", guest.name(), "reason", "flooding")
                .expect(201)
                .body();
        JsonObject ban = made.getJsonObject("ban");
        assertTrue(ban.getBoolean("guest"));
        Seen.Close banned = new Seen.Close(4403, "flooding");
        assertEquals(banned, guest.seen().awaitClose());
        String look = guest.name().replace('o', '0');
        assertEquals(
                banned,
                stage.chat(Stage.returning(guest.name(), guest.secret()), Offer.SINGLE)
                        .seen()
                        .awaitClose());
        assertEquals(banned, stage.chat(Stage.asking(look), Offer.SINGLE).seen().awaitClose());
        stage.browser().post("api/session", "name", look).problem(403, "banned");
        lift(stage, ban.getInt("id")).expect(200);
        stage.chat(Stage.asking(guest.name()), Offer.SINGLE).welcome();
    }

    private static void banThatEnds(Stage stage) {
        Browser hothead = stage.browser();
        String name = stage.name("hothead");
        hothead.signUp(name, Stage.PASSWORD);
        JsonObject ban = admin(stage, "bans", "user", name, "reason", "cool down", "duration", "2s")
                .expect(201)
                .body()
                .getJsonObject("ban");
        assertEquals(Wire.number(ban, "created") + 2_000, Wire.number(ban, "until"));
        JsonObject problem = hothead.get("api/session").problem(403, "banned");
        assertEquals(Wire.number(ban, "until"), Wire.number(problem, "until"));
        stage.until("the ban is over", () -> hothead.get("api/session").status() == 200);
    }

    private static void range(Stage stage) {
        JsonObject ban = admin(stage, "bans", "address", "198.51.100.0/24", "reason", "a net of robots")
                .expect(201)
                .body()
                .getJsonObject("ban");
        assertEquals("198.51.100.0/24", ban.getString("address"));
        assertEquals("warden", ban.getString("by"));
        List<JsonObject> bans = stage.warden()
                .get("api/admin/bans?limit=200")
                .expect(200)
                .body()
                .getJsonArray("bans")
                .getValuesAs(JsonObject.class);
        assertTrue(bans.contains(ban), bans::toString);
        lift(stage, ban.getInt("id")).expect(200);
        lift(stage, ban.getInt("id")).problem(404, "not_found");
        admin(stage, "bans", "address", "everybody", "reason", "x").problem(400, "bad_request");
    }

    private static void longReason(Stage stage) {
        ChatClient wordy = stage.guest("wordy");
        admin(stage, "bans", "user", wordy.name(), "reason", "x" + "\u20ac".repeat(66))
                .expect(201);
        assertEquals("x" + "\u20ac".repeat(40), wordy.seen().awaitClose().reason(), "121 of 123 bytes");
    }

    private static void ownPeople(Stage stage) {
        stage.keeper();
        admin(stage, "bans", "user", "warden", "reason", "x").problem(409, "yourself");
        admin(stage, "bans", "address", "127.0.0.0/8", "reason", "x").problem(409, "yourself");
        admin(stage, "bans", "user", "keeper", "reason", "x").problem(409, "is_admin");
    }

    private static void nobodyElse(Stage stage) {
        Browser guest = stage.browser();
        guest.guest(stage.name("guest"));
        Browser user = stage.browser();
        user.signUp(stage.name("user"), Stage.PASSWORD);
        for (Browser somebody : List.of(guest, user)) {
            somebody.post("api/admin/kick", "user", "warden", "reason", "x").problem(403, "forbidden");
            somebody.post("api/admin/bans", "user", "warden", "reason", "x").problem(403, "forbidden");
            somebody.get("api/admin/bans").problem(403, "forbidden");
            somebody.get("api/admin/audit").problem(403, "forbidden");
            somebody.get("api/admin/users").problem(403, "forbidden");
        }
        stage.browser().get("api/admin/users").problem(401, "not_signed_in");
    }

    private static void keptName(Stage stage) {
        stage.browser()
                .post("api/users", "name", "caretaker", "password", Stage.PASSWORD)
                .problem(409, "name_kept");
        stage.browser()
                .post("api/users", "name", "caretaker", "password", Stage.PASSWORD, "code", "not the right code")
                .problem(409, "name_kept");
        assertEquals(
                4409,
                stage.chat("?name=caretaker", Offer.SINGLE).seen().awaitClose().code());
    }

    private static void lists(Stage stage) {
        ChatClient seen = stage.guest("listed");
        seen.join(stage.name("one"));
        List<JsonObject> users = stage.warden()
                .get("api/admin/users?user=" + seen.name())
                .expect(200)
                .body()
                .getJsonArray("users")
                .getValuesAs(JsonObject.class);
        assertEquals(1, users.size());
        assertEquals(seen.name(), users.get(0).getString("name"));
        assertEquals(1, users.get(0).getInt("rooms"));
        assertTrue(users.get(0).getBoolean("guest"));
        assertFalse(users.get(0).getString("address").isEmpty());
        admin(stage, "kick", "user", seen.name(), "reason", "for the audit").expect(200);
        List<JsonObject> acts = stage.warden()
                .get("api/admin/audit?limit=200")
                .expect(200)
                .body()
                .getJsonArray("acts")
                .getValuesAs(JsonObject.class);
        JsonObject act = acts.stream()
                .filter(each -> each.getString("object").equals(seen.name()))
                .findFirst()
                .orElseThrow();
        assertEquals("kick", act.getString("act"));
        assertEquals("warden", act.getString("admin"));
        assertEquals("for the audit", act.getString("reason"));
    }

    private static Browser.Answer admin(Stage stage, String act, String... fields) {
        return stage.warden().post("api/admin/" + act, fields);
    }

    private static Browser.Answer lift(Stage stage, int id) {
        String body = Wire.object()
                .add("id", id)
                .add("reason", "a misunderstanding")
                .build()
                .toString();
        return stage.warden().send("POST", "api/admin/bans/lift", body);
    }
}
