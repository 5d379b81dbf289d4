package chat.parley.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.config.Settings;
import chat.parley.config.SettingsException;
import chat.parley.config.SettingsLoader;
import chat.parley.identity.AccountException.Reason;
import chat.parley.protocol.UserName;
import chat.parley.store.GuestSession;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminsTest {

    private static final String CODE = "0123456789abcdef";

    private final Admins admins = new Admins(new Settings.Admins(List.of("Alice", "bob"), CODE));

    @Test
    void whoIsNamedOrVouchedForIsAnAdminAndNoGuestEverIs() {
        assertTrue(admins.isAdmin(pass("alice", false, false)));
        assertTrue(admins.isAdmin(pass("carol", false, true)));
        assertFalse(admins.isAdmin(pass("carol", false, false)));
        assertFalse(admins.isAdmin(pass("alice", true, false)));
        assertFalse(admins.isAdmin(pass("alice", true, true)));
        assertFalse(admins.isAdmin(pass("\u0430lice", false, false)), "a look is no name");
    }

    @Test
    void aNameThatCannotBeIsRefusedInOneLine() {
        SettingsException refusal = assertThrows(
                SettingsException.class, () -> new Admins(new Settings.Admins(List.of("al\u2603ice"), "")));

        assertTrue(refusal.getMessage().startsWith("parley.admins names 'al\u2603ice', which nobody can have: "));
        assertEquals(1, refusal.getMessage().lines().count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "0123456789 abcdef"})
    void aCodeThatIsNoneIsRefused(String code) {
        assertThrows(SettingsException.class, () -> SettingsLoader.of(Map.of("parley.admins.code", code)));
    }

    @Test
    void theCodeIsNotInWhatIsLogged() {
        assertFalse(
                SettingsLoader.of(Map.of("parley.admins.code", CODE)).toString().contains(CODE));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "0123456789abcdeF", "0123456789abcdef0"})
    void nobodySignsUpAsAnAdminWithoutTheCode(String code) throws Exception {
        try (House house = new House("parley.admins", "alice", "parley.admins.code", CODE)) {
            assertEquals(Reason.NAME_KEPT, refusal(house, "alice", code));
            assertEquals(Reason.NAME_KEPT, refusal(house, "\u0430lice", CODE), "it looks like an admin's");
            House.get(house.accounts.signUp("carol", House.PASSWORD, code, null, "address"));
        }
    }

    @Test
    void withoutACodeInTheSettingsNothingOpensTheName() {
        try (House house = new House("parley.admins", "alice")) {
            assertEquals(Reason.NAME_KEPT, refusal(house, "alice", null));
            assertEquals(Reason.NAME_KEPT, refusal(house, "alice", ""));
        }
    }

    @Test
    void theCodeOpensANameOnce() throws Exception {
        try (House house = new House("parley.admins", "alice", "parley.admins.code", CODE)) {
            Pass alice = House.get(house.accounts.signUp("ALICE", House.PASSWORD, CODE, null, "address"))
                    .pass();

            assertTrue(admins.isAdmin(alice));
            assertEquals(Reason.NAME_TAKEN, refusal(house, "alice", CODE));
        }
    }

    @Test
    void noGuestHasTheNameOfAnAdminAlsoNotOneWhoHadItBefore() throws Exception {
        try (House house = new House("parley.admins", "alice")) {
            assertInstanceOf(GuestAdmission.NameTaken.class, house.guests.admit("alice", null));
            assertInstanceOf(GuestAdmission.NameTaken.class, house.guests.admit("\u0430lice", null));

            house.guests.restore(List.of(new GuestSession("g1", "alice", new byte[] {1}, null)));

            assertEquals(0, house.guests.size());
        }
    }

    private static Reason refusal(House house, String name, String code) {
        return assertThrows(
                        AccountException.class,
                        () -> House.get(house.accounts.signUp(name, House.PASSWORD, code, null, "address")))
                .reason();
    }

    private static Pass pass(String name, boolean guest, boolean isAdmin) {
        return new Pass(new Identity("k", new UserName(name), guest), "s", isAdmin, null);
    }
}
