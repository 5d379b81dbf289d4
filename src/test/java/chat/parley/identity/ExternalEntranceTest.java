package chat.parley.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.config.Settings;
import chat.parley.config.SettingsLoader;
import chat.parley.identity.Entry.Entered;
import chat.parley.identity.Entry.NotSignedIn;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which way in goes first, and what of other systems' people is good where. */
class ExternalEntranceTest {

    private static final String SECRET = "a secret of more than thirty-two bytes";

    private final House house = new House(OtherSystem.settings("parley.auth.jwt.secret", SECRET));
    private final OtherSystem other = new OtherSystem(house.clock);

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void theWaysAreAskedInTheirOrder() throws Exception {
        SignedIn alice = house.signUp("alice");
        SignedIn bob = house.signUp("bob");
        ContainerUser container = new ContainerUser("carla", false);
        String foreign = token("1", "dora");
        String own = house.tokens.issue(alice.pass()).token();
        String ticket = house.tickets.issue(bob.pass()).ticket();

        assertEquals("carla", name(new Credentials(container, foreign, bob.secret(), ticket, "gustav", null, "a")));
        assertEquals("dora", name(new Credentials(null, foreign, bob.secret(), ticket, "gustav", null, "a")));
        assertEquals("alice", name(new Credentials(null, own, bob.secret(), ticket, "gustav", null, "a")));
        assertEquals("bob", name(new Credentials(null, null, bob.secret(), ticket, "gustav", null, "a")));
        assertEquals("bob", name(new Credentials(null, null, null, ticket, "gustav", null, "a")));
        assertEquals("gustav", name(new Credentials(null, null, null, null, "gustav", null, "a")));
    }

    @Test
    void aTokenOfTheOtherSystemIsJudgedAsThatAlone() throws Exception {
        String expired = OtherSystem.signed(
                new JWSHeader.Builder(JWSAlgorithm.HS256),
                other.claims("1", "dora").expirationTime(new Date(0)).build(),
                new MACSigner(SECRET));

        Entry entry = house.entrance.enter(new Credentials(null, expired, null, null, "gustav", null, "a"));

        assertEquals(
                ExternalTokens.Flaw.EXPIRED.why(),
                assertInstanceOf(NotSignedIn.class, entry).why());
    }

    @Test
    void aTokenOfTheOtherSystemIsGoodWhereOnesOwnAreSwitchedOff() throws Exception {
        try (House strict =
                new House(OtherSystem.settings("parley.auth.jwt.secret", SECRET, "parley.auth.tokens", "false"))) {
            assertInstanceOf(Entered.class, strict.entrance.enter(bearer(token("1", "dora"))));
            String own = strict.tokens.issue(strict.signUp("alice").pass()).token();
            assertInstanceOf(NotSignedIn.class, strict.entrance.enter(bearer(own)));
        }
    }

    @Test
    void aTicketOfAForeignPassIsThatPassAndEndsWithIt() throws Exception {
        Pass dora = house.entrance.session(bearer(token("1", "dora")));
        String good = house.tickets.issue(dora).ticket();
        house.clock.goOn(Duration.ofSeconds(280));
        String late = house.tickets.issue(dora).ticket();

        assertTrue(house.entrance.isOpen(dora));
        house.clock.goOn(Duration.ofSeconds(20));

        assertFalse(house.entrance.isOpen(dora));
        assertInstanceOf(NotSignedIn.class, house.entrance.enter(ticket(late)));
        assertInstanceOf(NotSignedIn.class, house.entrance.enter(ticket(good)), "stale besides");
        String fresh = house.tickets
                .issue(house.entrance.session(bearer(token("1", "dora"))))
                .ticket();
        assertEquals("dora", name(ticket(fresh)));
    }

    @Test
    void aRoleMakesAnAdmin() throws Exception {
        assertFalse(house.entrance.session(bearer(token("1", "dora"))).isAdmin());
        String admin = OtherSystem.signed(
                new JWSHeader.Builder(JWSAlgorithm.HS256),
                other.claims("1", "dora")
                        .claim("realm_access", Map.of("roles", List.of("customer", "chat-admin")))
                        .build(),
                new MACSigner(SECRET));
        assertTrue(house.entrance.session(bearer(admin)).isAdmin());

        Pass container = house.entrance.session(
                new Credentials(new ContainerUser("carla", true), null, null, null, null, null, "a"));
        assertTrue(container.isAdmin());
        assertNull(container.expiresAt());
    }

    @Test
    void theContainerIsAskedOnlyIfItMayBe() {
        Principal dora = () -> "dora";
        Settings.External asks = settings("parley.auth.admin-roles", "boss,chief");
        Settings.External deaf = settings("parley.auth.container", "false");

        assertEquals(new ContainerUser("dora", true), ContainerUser.of(dora, Set.of("chief")::contains, asks));
        assertEquals(new ContainerUser("dora", false), ContainerUser.of(dora, Set.of("other")::contains, asks));
        assertNull(ContainerUser.of(null, role -> true, asks));
        assertNull(ContainerUser.of(() -> null, role -> true, asks));
        assertNull(ContainerUser.of(dora, role -> true, deaf));
        assertFalse(ContainerUser.of(dora, role -> true, settings()).isAdmin(), "no role is an admin's by default");
    }

    @Test
    void aSessionOfParleyIsFoundBesideTheContainersUser() throws Exception {
        SignedIn alice = house.signUp("alice");
        Credentials both =
                new Credentials(new ContainerUser("carla", false), null, alice.secret(), null, null, null, "a");

        assertEquals("carla", house.entrance.session(both).identity().name().value());
        assertEquals(alice.pass(), house.entrance.ownSession(both));
    }

    @Test
    void aKeySetInAFileIsReadAgain() throws Exception {
        Path file = folder.resolve("keys.json");
        Files.writeString(file, OtherSystem.keySet(OtherSystem.FIRST.toPublicJWK()));
        try (House reads = new House(OtherSystem.settings("parley.auth.jwt.jwks-file", file.toString()))) {
            OtherSystem there = new OtherSystem(reads.clock);
            assertInstanceOf(Entered.class, reads.entrance.enter(bearer(there.token("1", "dora"))));
            Files.writeString(file, OtherSystem.keySet(OtherSystem.SECOND.toPublicJWK()));
            String rotated = there.token(OtherSystem.SECOND, "1", "dora", claims -> {});

            assertInstanceOf(Entry.TryLater.class, reads.entrance.enter(bearer(rotated)));

            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (!(reads.entrance.enter(bearer(rotated)) instanceof Entered)) {
                assertTrue(System.nanoTime() < end, "the file is not read again");
                Thread.onSpinWait();
            }
            assertInstanceOf(NotSignedIn.class, reads.entrance.enter(bearer(there.token("1", "dora"))));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{\"keys\":[]}"})
    void aFileThatIsNoKeySetIsRefusedInOneLine(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("broken.json"), text);

        assertRefused(file);
        assertRefused(folder.resolve("nothing.json"));
        assertRefused(folder);
    }

    private static void assertRefused(Path file) {
        KeysRefusedException refused = assertThrows(
                KeysRefusedException.class,
                () -> new House(OtherSystem.settings("parley.auth.jwt.jwks-file", file.toString())));
        assertTrue(refused.getMessage().startsWith("parley.auth.jwt.jwks-file = " + file), refused.getMessage());
        assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
    }

    private String token(String subject, String name) throws Exception {
        return OtherSystem.signed(
                new JWSHeader.Builder(JWSAlgorithm.HS256),
                other.claims(subject, name).build(),
                new MACSigner(SECRET));
    }

    private String name(Credentials credentials) {
        Entry entry = house.entrance.enter(credentials);
        return assertInstanceOf(Entered.class, entry).pass().identity().name().value();
    }

    private static Credentials bearer(String token) {
        return new Credentials(null, token, null, null, null, null, "a");
    }

    private static Credentials ticket(String ticket) {
        return new Credentials(null, null, null, ticket, null, null, "a");
    }

    private static Settings.External settings(String... keysAndValues) {
        return SettingsLoader.of(keysAndValues.length == 0 ? Map.of() : Map.of(keysAndValues[0], keysAndValues[1]))
                .auth()
                .external();
    }
}
