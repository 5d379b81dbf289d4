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
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds a secret does not print it: so it is in no log, whoever writes there. */
class SecretsTest {

    private static final String SECRET = "s3cret";
    private static final Identity ANNA = new Identity("k", new UserName("anna"), false);

    /** What a component is called that holds one; the path of a file is none. */
    private static final Pattern CALLED = Pattern.compile(".*(password|secret|token|ticket|bearer|cookie)(?!file).*");

    static Stream<Class<?>> records() {
        Stream<Class<?>> all = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("chat.parley").stream()
                        .filter(JavaClass::isRecord)
                        .map(JavaClass::reflect);
        return all.filter(each -> Stream.of(each.getRecordComponents()).anyMatch(SecretsTest::holdsOne));
    }

    /** Also those that nobody thought of when they made them. */
    @ParameterizedTest
    @MethodSource("records")
    void noRecordPrintsWhatIsCalledASecret(Class<?> type) throws Exception {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Stream.of(components)
                .map(component -> holdsOne(component) ? SECRET : some(component.getType()))
                .toArray();
        Constructor<?> made = type.getDeclaredConstructor(types);
        made.setAccessible(true);

        assertFalse(made.newInstance(values).toString().contains(SECRET), type.getName());
    }

    private static boolean holdsOne(RecordComponent component) {
        return component.getType() == String.class
                && CALLED.matcher(component.getName().toLowerCase(Locale.ROOT)).matches();
    }

    private static Object some(Class<?> type) {
        if (type.isPrimitive()) {
            return Array.get(Array.newInstance(type, 1), 0);
        }
        Map<Class<?>, Object> values = Map.of(
                String.class,
                "some",
                List.class,
                List.of(),
                Set.class,
                Set.of(),
                Duration.class,
                Duration.ZERO,
                Pass.class,
                new Pass(ANNA, "k", null),
                Identity.class,
                ANNA);
        return values.get(type);
    }

    static Stream<Record> holders() {
        return Stream.of(
                new IdentityRoutes.SignIn("anna", SECRET, SECRET),
                new IdentityRoutes.NewPassword(SECRET, SECRET),
                new IdentityRoutes.Password(SECRET),
                new IdentityAnswers.Session("anna", false, 1L, SECRET, 1L),
                new IdentityAnswers.Ticket(SECRET, 1),
                new Reply(200, new IdentityAnswers.Ticket(SECRET, 1), SECRET, 1),
                new ServerMessage.Welcome("anna", true, SECRET, new ServerMessage.Limits(1, 1, 1, 1, 1), 1, null, 1),
                new ClientMessage.Auth(SECRET, "1"),
                new GuestAdmission.Admitted(ANNA, SECRET),
                new SignedIn(new Pass(ANNA, "k", null), SECRET),
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
