package chat.parley.http;

import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.parley.config.Settings;
import chat.parley.identity.Credentials;
import chat.parley.identity.GuestAdmission;
import chat.parley.identity.Identity;
import chat.parley.identity.Pass;
import chat.parley.identity.SignedIn;
import chat.parley.identity.Tickets;
import chat.parley.identity.Tokens;
import chat.parley.protocol.ClientMessage;
import chat.parley.protocol.ServerMessage;
import chat.parley.protocol.UserName;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds a secret does not print it: so it is in no log, whoever writes there. */
class SecretsTest {

    private static final String SECRET = "s3cret";

    static Stream<Record> holders() {
        Identity anna = new Identity("k", new UserName("anna"), false);
        return Stream.of(
                new IdentityRoutes.Credentials("anna", SECRET, SECRET),
                new IdentityRoutes.NewPassword(SECRET, SECRET),
                new IdentityRoutes.Password(SECRET),
                new IdentityAnswers.Session("anna", false, 1L, SECRET, 1L),
                new IdentityAnswers.Ticket(SECRET, 1),
                new Reply(200, new IdentityAnswers.Ticket(SECRET, 1), SECRET, 1),
                new ServerMessage.Welcome("anna", true, SECRET, new ServerMessage.Limits(1, 1, 1, 1, 1), 1, null, 1),
                new ClientMessage.Auth(SECRET, "1"),
                new GuestAdmission.Admitted(anna, SECRET),
                new SignedIn(new Pass(anna, "k", null), SECRET),
                new Tickets.Issued(SECRET, 1),
                new Tokens.Issued(SECRET, 1),
                new Credentials(null, SECRET, SECRET, SECRET, "anna", SECRET, "::1"),
                new Settings.Admins(List.of("anna"), SECRET));
    }

    @ParameterizedTest
    @MethodSource("holders")
    void noRecordPrintsItsSecret(Record holder) {
        assertFalse(holder.toString().contains(SECRET), holder.getClass().getName());
    }
}
