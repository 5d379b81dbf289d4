package chat.parley.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.time.Duration;
import java.util.Date;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a token has to be. Forgeries here are signed with the right key, so that only what is named can be the reason. */
class TokensTest {

    private final House house = new House();
    private Pass alice;

    @BeforeEach
    void signUp() throws Exception {
        alice = house.signUp("alice").pass();
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aTokenSaysWhoAndUntilWhen() {
        Tokens.Issued issued = house.tokens.issue(alice);

        assertEquals(alice.until(issued.expiresAt()), house.tokens.read(issued.token()));
        assertEquals(house.clock.millis() + 15 * 60_000, issued.expiresAt());
        assertFalse(issued.toString().contains(issued.token()));
    }

    @Test
    void aTokenIsNotGoodForLongerThanItsSession() {
        house.clock.goOn(Duration.ofDays(30).minusMinutes(1));

        assertEquals(alice.expiresAt(), house.tokens.issue(alice).expiresAt());
    }

    @Test
    void anExpiredTokenIsNone() {
        String token = house.tokens.issue(alice).token();

        house.clock.goOn(Duration.ofMinutes(15).minusMillis(1));
        assertNotNull(house.tokens.read(token));
        house.clock.goOn(Duration.ofMillis(1));
        assertNull(house.tokens.read(token));
    }

    @Test
    void aTokenOfTheRightKeyIsReadOnlyIfAllElseIsRight() throws Exception {
        assertNotNull(house.tokens.read(signed(claims -> {}, "parley+jwt", JWSAlgorithm.HS256)));

        assertNull(house.tokens.read(signed(claims -> claims.audience("other"), "parley+jwt", JWSAlgorithm.HS256)));
        assertNull(house.tokens.read(signed(claims -> claims.issuer("other"), "parley+jwt", JWSAlgorithm.HS256)));
        assertNull(house.tokens.read(signed(claims -> claims.subject(null), "parley+jwt", JWSAlgorithm.HS256)));
        assertNull(house.tokens.read(signed(claims -> claims.claim("name", 7), "parley+jwt", JWSAlgorithm.HS256)));
        assertNull(house.tokens.read(signed(claims -> claims.claim("sid", null), "parley+jwt", JWSAlgorithm.HS256)));
        assertNull(house.tokens.read(signed(claims -> claims.expirationTime(null), "parley+jwt", JWSAlgorithm.HS256)));
        Date tomorrow = new Date(house.clock.millis() + 86_400_000);
        assertNull(
                house.tokens.read(signed(claims -> claims.notBeforeTime(tomorrow), "parley+jwt", JWSAlgorithm.HS256)));
        assertNull(house.tokens.read(signed(claims -> {}, "JWT", JWSAlgorithm.HS256)), "another kind of token");
    }

    @Test
    void aTokenOfAnotherKeyOrOfNoneIsNone() throws Exception {
        try (House other = new House()) {
            String foreign = other.tokens.issue(other.signUp("alice").pass()).token();
            assertNull(house.tokens.read(foreign));
        }
        JWTClaimsSet claims = SignedJWT.parse(house.tokens.issue(alice).token()).getJWTClaimsSet();
        assertNull(house.tokens.read(new PlainJWT(claims).serialize()), "alg=none");
        SignedJWT confused = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(new JOSEObjectType("parley+jwt"))
                        .keyID(house.keys.signing().id())
                        .build(),
                claims);
        confused.sign(new MACSigner("a key that anybody could have guessed, or read: a public one"));
        assertNull(house.tokens.read(confused.serialize()));
        assertNull(house.tokens.read("x".repeat(1_000_000)));
    }

    /** Whoever reads the header first and believes it, verifies by a key or a rule that the forger chose. */
    @Test
    void aTokenDoesNotSayHowItIsLookedAt() throws Exception {
        JWTClaimsSet claims = SignedJWT.parse(house.tokens.issue(alice).token()).getJWTClaimsSet();
        RSAKey own = new RSAKeyGenerator(2048).generate();
        String ours = house.keys.signing().id();
        JWSHeader.Builder brings = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(new JOSEObjectType("parley+jwt"))
                .keyID(ours)
                .jwk(own.toPublicJWK())
                .jwkURL(URI.create("https://evil.example/keys"));
        SignedJWT foreign = new SignedJWT(brings.build(), claims);
        foreign.sign(new RSASSASigner(own));
        assertNull(house.tokens.read(foreign.serialize()));
        for (String kid : new String[] {"", "../" + ours, ours + "\u0000", "' or '1'='1"}) {
            assertNull(house.tokens.read(signed(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(kid), claims)));
        }
        JWSHeader.Builder critical =
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(ours).criticalParams(Set.of("exp"));
        assertNull(house.tokens.read(signed(critical.customParam("exp", 1), claims)), "RFC 7515, section 4.1.11");
        assertNull(house.tokens.read(signed(new JWSHeader.Builder(JWSAlgorithm.HS256), claims)), "no key is named");
        assertNotNull(house.tokens.read(signed(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(ours), claims)));
    }

    @Test
    void aTokenThatWasCutOrEmptiedIsNone() throws Exception {
        String token = house.tokens.issue(alice).token();
        String[] parts = token.split("\\.");

        for (String other : new String[] {
            token + ".",
            " " + token + ".x",
            parts[0] + "." + parts[1],
            parts[0] + ".." + parts[2],
            "." + parts[1] + "." + parts[2],
            parts[0] + "." + parts[1] + "." + parts[2].substring(1),
            parts[0] + "." + parts[1] + "." + "A".repeat(43)
        }) {
            assertNull(house.tokens.read(other), other);
        }
    }

    @Test
    void anOldKeyIsGoodForAsLongAsItsTokensAre() {
        String old = house.tokens.issue(alice).token();
        String oldKey = house.keys.signing().id();
        house.clock.goOn(Duration.ofMinutes(10));

        house.keys.rotate().toCompletableFuture().join();

        assertNotEquals(oldKey, house.keys.signing().id());
        assertNotNull(house.tokens.read(old));
        String young = house.tokens.issue(alice).token();
        house.clock.goOn(Duration.ofMinutes(14));
        assertNull(house.tokens.read(old));
        assertNotNull(house.tokens.read(young));
        house.clock.goOn(Duration.ofMinutes(2));
        assertNull(house.keys.verifying(oldKey));
    }

    @Test
    void aKeyIsChangedWhenItIsOldAndOutlivesARestart() throws Exception {
        String first = house.keys.signing().id();
        house.keys.rotateIfDue();
        assertEquals(first, house.keys.signing().id());

        house.clock.goOn(Duration.ofDays(30));
        house.keys.rotateIfDue();

        String second = house.keys.signing().id();
        assertNotEquals(first, second);
        try (House restarted = new House(house.store)) {
            assertEquals(second, restarted.keys.signing().id());
        }
    }

    @Test
    void ticketsAreGoodOnceAndForHalfAMinute() throws Exception {
        String used = house.tickets.issue(alice).ticket();
        String stale = house.tickets.issue(alice).ticket();

        assertEquals(alice, house.tickets.redeem(used));
        assertNull(house.tickets.redeem(used));
        house.clock.goOn(Tickets.LIFETIME);
        assertNull(house.tickets.redeem(stale));
        assertNull(house.tickets.redeem("never"));
    }

    @Test
    void ticketsAreBounded() throws Exception {
        for (int i = 0; i < Tickets.MOST; i++) {
            house.tickets.issue(new Pass(alice.identity(), "session " + i / Tickets.MOST_OF_ONE, null));
        }
        AccountException refused = assertThrows(AccountException.class, () -> house.tickets.issue(alice));
        assertEquals(AccountException.Reason.BUSY, refused.reason());
        house.clock.goOn(Tickets.LIFETIME);
        assertTrue(house.tickets.issue(alice).expiresAt() > 0);
    }

    @Test
    void nobodyHoldsTheTicketsOfAll() throws Exception {
        String other = house.tickets
                .issue(new Pass(alice.identity(), "another session", null))
                .ticket();
        String first = house.tickets.issue(alice).ticket();
        String second = house.tickets.issue(alice).ticket();
        for (int i = 0; i < Tickets.MOST_OF_ONE - 1; i++) {
            house.tickets.issue(alice);
        }

        assertNull(house.tickets.redeem(first), "the oldest went for the newest");
        assertNotNull(house.tickets.redeem(second));
        assertNotNull(house.tickets.redeem(other));
    }

    private String signed(JWSHeader.Builder header, JWTClaimsSet claims) throws Exception {
        SignedJWT jwt =
                new SignedJWT(header.type(new JOSEObjectType("parley+jwt")).build(), claims);
        jwt.sign(new MACSigner(house.keys.signing().secret()));
        return jwt.serialize();
    }

    private String signed(Consumer<JWTClaimsSet.Builder> change, String type, JWSAlgorithm algorithm) throws Exception {
        JWTClaimsSet right = SignedJWT.parse(house.tokens.issue(alice).token()).getJWTClaimsSet();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder(right);
        change.accept(claims);
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(algorithm)
                        .type(new JOSEObjectType(type))
                        .keyID(house.keys.signing().id())
                        .build(),
                claims.build());
        jwt.sign(new MACSigner(house.keys.signing().secret()));
        return jwt.serialize();
    }
}
