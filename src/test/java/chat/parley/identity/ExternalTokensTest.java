package chat.parley.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.config.Settings;
import chat.parley.config.SettingsLoader;
import chat.parley.identity.ExternalTokens.Flaw;
import chat.parley.identity.ExternalTokens.Verdict;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Each thing that can be wrong with a token of another system, by its name, with all else right. */
class ExternalTokensTest {

    private static final String SECRET = "a secret of more than thirty-two bytes";

    private final SettableClock clock = new SettableClock();
    private final OtherSystem other = new OtherSystem(clock);
    private final ExternalTokens tokens = tokens(OtherSystem.keySet(OtherSystem.FIRST.toPublicJWK()));

    // ---- good ones

    @Test
    void aGoodTokenSaysWhoAndUntilWhen() {
        Verdict verdict = tokens.judge(other.token("subject-1", "Dora"));

        assertEquals(new Verdict.Good("subject-1", "Dora", Set.of("customer"), clock.millis() + 300_000), verdict);
    }

    @Test
    void ofSeveralAlgorithmsAndTypesThoseThatAreTakenAreGood() throws Exception {
        ECKey curve = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        ExternalTokens both = tokens(OtherSystem.keySet(OtherSystem.FIRST.toPublicJWK(), curve.toPublicJWK()));

        assertGood(both, signed(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec"), new ECDSASigner(curve)));
        assertGood(
                both,
                signed(
                        new JWSHeader.Builder(JWSAlgorithm.PS256).keyID("first"),
                        OtherSystem.signer(OtherSystem.FIRST)));
        for (String type : new String[] {"JWT", "jwt", "at+jwt", "application/at+jwt"}) {
            assertGood(
                    both,
                    signed(
                            OtherSystem.header("first").type(new JOSEObjectType(type)),
                            OtherSystem.signer(OtherSystem.FIRST)));
        }
        assertGood(both, signed(OtherSystem.header(null), OtherSystem.signer(OtherSystem.FIRST)));
    }

    @Test
    void aSharedSecretSignsWithHmacAlone() throws Exception {
        ExternalTokens shared = secret(SECRET);

        assertGood(shared, signed(new JWSHeader.Builder(JWSAlgorithm.HS256), new MACSigner(SECRET)));
        assertFlaw(
                Flaw.FORGED,
                shared.judge(signed(new JWSHeader.Builder(JWSAlgorithm.HS256), new MACSigner(SECRET + "!"))));
        assertFlaw(Flaw.WRONG_ALGORITHM, shared.judge(other.token("s", "dora")));
        assertFlaw(
                Flaw.WRONG_ALGORITHM,
                shared.judge(signed(new JWSHeader.Builder(JWSAlgorithm.HS384), new MACSigner(SECRET + SECRET))));
    }

    @Test
    void rolesAndNamesMayBeClaimsInClaims() {
        assertEquals(Set.of("a", "b"), roles("resource_access.chat.roles", Map.of("roles", List.of("a", 7, "b"))));
        assertEquals(Set.of("read", "write"), Claims.texts("read  write"));
        assertEquals(Set.of(), Claims.texts(7));
        assertEquals(Set.of(), Claims.texts(null));

        Map<String, Object> claims = Map.of("https://shop.example/roles", List.of("x"), "a", Map.of("b.c", "deep"));
        assertEquals(List.of("x"), Claims.at(claims, "https://shop.example/roles"));
        assertEquals("deep", Claims.at(claims, "a.b.c"));
        assertEquals(null, Claims.at(claims, "a.b"));
        assertEquals(null, Claims.at(claims, "a.b.c.d"));
    }

    // ---- signatures

    @Test
    void aForgedSignatureIsOne() {
        RSAKey thief = OtherSystem.rsa("first");
        String[] parts = other.token("s", "dora").split("\\.");
        String changed = parts[0] + "." + base64(claims(parts[1]).replace("dora", "root")) + "." + parts[2];

        assertFlaw(Flaw.FORGED, tokens.judge(other.token(thief, "s", "dora", claims -> {})));
        assertFlaw(Flaw.FORGED, tokens.judge(changed));
    }

    @Test
    void noAlgorithmIsNone() {
        String none = new PlainJWT(other.claims("s", "dora").build()).serialize();
        String[] parts = other.token("s", "dora").split("\\.");

        assertFlaw(Flaw.WRONG_ALGORITHM, tokens.judge(none));
        assertFlaw(Flaw.WRONG_ALGORITHM, tokens.judge(base64("{\"alg\":\"none\"}") + "." + parts[1] + "." + parts[2]));
        for (String spelling : new String[] {"None", "NONE", "nOnE", ""}) {
            String header = base64("{\"alg\":\"" + spelling + "\",\"kid\":\"first\"}");
            assertInstanceOf(Verdict.Bad.class, tokens.judge(header + "." + parts[1] + "." + parts[2]), spelling);
            assertInstanceOf(Verdict.Bad.class, tokens.judge(header + "." + parts[1] + "."), spelling);
        }
    }

    @Test
    void thePublicKeyIsNoSecret() throws Exception {
        byte[] der = OtherSystem.FIRST.toRSAPublicKey().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END PUBLIC KEY-----\n";
        List<byte[]> encodings = List.of(
                der,
                pem.getBytes(StandardCharsets.US_ASCII),
                pem.strip().getBytes(StandardCharsets.US_ASCII),
                OtherSystem.FIRST.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8),
                OtherSystem.FIRST.getModulus().decode(),
                OtherSystem.FIRST.toRSAPublicKey().getModulus().toByteArray(),
                OtherSystem.FIRST.getModulus().toString().getBytes(StandardCharsets.US_ASCII));

        for (byte[] encoding : encodings) {
            for (JWSAlgorithm hmac : List.of(JWSAlgorithm.HS256, JWSAlgorithm.HS384, JWSAlgorithm.HS512)) {
                String confused = signed(new JWSHeader.Builder(hmac).keyID("first"), new MACSigner(encoding));
                assertFlaw(Flaw.WRONG_ALGORITHM, tokens.judge(confused));
            }
        }
    }

    @Test
    void aSecretInAKeySetIsNotUsed() {
        OctetSequenceKey leaked = new OctetSequenceKey.Builder(SECRET.getBytes(StandardCharsets.UTF_8))
                .keyID("leaked")
                .build();
        ExternalTokens lax = tokens(OtherSystem.keySet(OtherSystem.FIRST.toPublicJWK(), leaked));

        assertFlaw(
                Flaw.UNKNOWN_KEY,
                lax.judge(signed(OtherSystem.header("leaked"), OtherSystem.signer(OtherSystem.FIRST))));
    }

    @Test
    void anUnknownKeyIsNamedOnceItCannotCome() {
        assertFlaw(Flaw.UNKNOWN_KEY, tokens.judge(other.token(OtherSystem.SECOND, "s", "dora", claims -> {})));
    }

    @Test
    void aKeyOfAnotherUseKindOrAlgorithmIsNotUsed() throws Exception {
        RSAKey forSecrets =
                new RSAKey.Builder(OtherSystem.FIRST).keyUse(KeyUse.ENCRYPTION).build();
        RSAKey for512 = new RSAKey.Builder(OtherSystem.FIRST)
                .algorithm(JWSAlgorithm.RS512)
                .build();
        RSAKey weak = new RSAKeyGenerator(1024, true).keyID("weak").generate();
        ECKey curve = new ECKeyGenerator(Curve.P_256).keyID("first").generate();
        String token = other.token("s", "dora");

        assertFlaw(
                Flaw.UNKNOWN_KEY,
                tokens(OtherSystem.keySet(forSecrets.toPublicJWK(), OtherSystem.SECOND.toPublicJWK()))
                        .judge(token));
        assertFlaw(
                Flaw.UNKNOWN_KEY,
                tokens(OtherSystem.keySet(for512.toPublicJWK())).judge(token));
        assertFlaw(
                Flaw.UNKNOWN_KEY,
                tokens(OtherSystem.keySet(curve.toPublicJWK())).judge(token));
        assertFlaw(
                Flaw.UNKNOWN_KEY,
                tokens(OtherSystem.keySet(weak.toPublicJWK(), OtherSystem.FIRST.toPublicJWK()))
                        .judge(signed(OtherSystem.header("weak"), new RSASSASigner(weak.toPrivateKey(), true))));
    }

    @Test
    void whatTheHeaderBringsOrPointsToIsNotUsed() {
        RSAKey thief = OtherSystem.rsa("thief");
        JWSHeader.Builder brought = OtherSystem.header("first").jwk(thief.toPublicJWK());
        JWSHeader.Builder nameless = OtherSystem.header(null).jwk(thief.toPublicJWK());
        JWSHeader.Builder pointed = OtherSystem.header("first").jwkURL(URI.create("http://127.0.0.1:1/keys"));

        assertFlaw(Flaw.FORGED, tokens.judge(signed(brought, OtherSystem.signer(thief))));
        assertFlaw(Flaw.FORGED, tokens.judge(signed(nameless, OtherSystem.signer(thief))));
        assertFlaw(Flaw.FORGED, tokens.judge(signed(pointed, OtherSystem.signer(thief))));
    }

    // ---- the header

    @Test
    void anotherKindOfTokenIsNamed() {
        for (String type : new String[] {"parley+jwt", "logout+jwt", "secevent+jwt", "dpop+jwt", "JWE"}) {
            assertFlaw(
                    Flaw.WRONG_TYPE,
                    tokens.judge(signed(
                            OtherSystem.header("first").type(new JOSEObjectType(type)),
                            OtherSystem.signer(OtherSystem.FIRST))));
        }
    }

    @Test
    void anExtensionThatMustBeUnderstoodIsNot() {
        JWSHeader.Builder critical =
                OtherSystem.header("first").criticalParams(Set.of("exp-at")).customParam("exp-at", 1);

        assertFlaw(Flaw.CRITICAL, tokens.judge(signed(critical, OtherSystem.signer(OtherSystem.FIRST))));
    }

    @Test
    void whatIsTooLongOrNoTokenIsNamed() {
        String huge = other.token(OtherSystem.FIRST, "s", "dora", claims -> claims.claim("x", "y".repeat(8_000)));
        String fine = other.token(OtherSystem.FIRST, "s", "dora", claims -> claims.claim("x", "y".repeat(4_000)));

        assertFlaw(Flaw.TOO_LONG, tokens.judge(huge));
        assertGood(tokens, fine);
        for (String text :
                new String[] {"", ".", "..", "a.b.c", "x", "e30.e30.e30", ".".repeat(5_000), "\u0000.\u0000."}) {
            assertInstanceOf(Verdict.Bad.class, tokens.judge(text), text);
        }
        String deep = "{\"alg\":\"RS256\",\"kid\":\"first\",\"x\":" + "[".repeat(5_000);
        assertInstanceOf(Verdict.Bad.class, tokens.judge(base64(deep) + ".e30.AAAA"));
        assertInstanceOf(Verdict.Bad.class, tokens.judge(base64(deep + "]".repeat(500) + "}") + ".e30.AAAA"));
        assertTrue(tokens.isFor(base64("{\"alg\":\"RS256\"}") + "." + base64(deep) + ".AAAA"));
        assertFlaw(Flaw.UNREADABLE, tokens.judge(base64("{\"alg\":\"RS256\"") + ".e30." + base64("signature")));
    }

    // ---- the claims

    @Test
    void wrongAndMissingClaimsAreNamed() {
        assertFlaw(Flaw.WRONG_ISSUER, claim(claims -> claims.issuer("https://other.example.org")));
        assertFlaw(Flaw.WRONG_ISSUER, claim(claims -> claims.issuer(null)));
        assertFlaw(Flaw.WRONG_AUDIENCE, claim(claims -> claims.audience("somebody-else")));
        assertFlaw(Flaw.WRONG_AUDIENCE, claim(claims -> claims.audience((String) null)));
        assertFlaw(Flaw.NO_EXPIRY, claim(claims -> claims.expirationTime(null)));
        assertFlaw(Flaw.NO_SUBJECT, claim(claims -> claims.subject(null)));
        assertFlaw(Flaw.NO_SUBJECT, claim(claims -> claims.subject("")));
        assertFlaw(Flaw.NO_SUBJECT, claim(claims -> claims.subject("s".repeat(256))));
        assertFlaw(Flaw.NO_NAME, claim(claims -> claims.claim("preferred_username", null)));
        assertFlaw(Flaw.NO_NAME, claim(claims -> claims.claim("preferred_username", 7)));
    }

    @Test
    void clocksMayDifferByTheSkewAndNoMore() {
        long now = clock.millis();

        assertGood(tokens, timed(claims -> claims.expirationTime(new Date(now - 59_000))));
        assertFlaw(Flaw.EXPIRED, claim(claims -> claims.expirationTime(new Date(now - 60_000))));
        assertGood(tokens, timed(claims -> claims.notBeforeTime(new Date(now + 60_000))));
        assertFlaw(Flaw.NOT_YET_VALID, claim(claims -> claims.notBeforeTime(new Date(now + 61_000))));
        assertGood(tokens, timed(claims -> claims.issueTime(new Date(now + 60_000))));
        assertFlaw(Flaw.NOT_YET_VALID, claim(claims -> claims.issueTime(new Date(now + 61_000))));
    }

    @Test
    void whoIsLetInByTheSkewStaysToItsEnd() {
        long end = clock.millis() + 300_000;
        String token = other.token("s", "dora");
        clock.goOn(Duration.ofSeconds(301));

        Verdict.Good good = assertInstanceOf(Verdict.Good.class, tokens.judge(token));

        assertEquals(end + 60_000, good.expiresAt());
        clock.goOn(Duration.ofSeconds(59));
        assertFlaw(Flaw.EXPIRED, tokens.judge(token));
    }

    // ---- whose a token is to judge

    @Test
    void onlyParleysOwnTokensAreLeftToParley() {
        assertTrue(tokens.isFor(other.token("s", "dora")));
        assertTrue(tokens.isFor(other.token(OtherSystem.FIRST, "s", "dora", claims -> claims.issuer("x"))));
        assertTrue(tokens.isFor("a.b.c"));
        assertTrue(tokens.isFor("x".repeat(100_000) + ".."));
        assertFalse(tokens.isFor(other.token(OtherSystem.FIRST, "s", "dora", claims -> claims.issuer("parley"))));
        assertFalse(tokens.isFor("key.secret"));
        assertFalse(tokens.isFor("secret"));
    }

    @Test
    void noSecretIsInWhatIsLogged() {
        Settings.Jwt settings = jwt(Map.of("parley.auth.jwt.secret", SECRET));

        assertFalse(settings.toString().contains(SECRET), settings.toString());
    }

    private Verdict claim(Consumer<JWTClaimsSet.Builder> change) {
        return tokens.judge(timed(change));
    }

    private String timed(Consumer<JWTClaimsSet.Builder> change) {
        return other.token(OtherSystem.FIRST, "s", "dora", change);
    }

    private String signed(JWSHeader.Builder header, JWSSigner signer) {
        return OtherSystem.signed(header, other.claims("s", "dora").build(), signer);
    }

    private Set<String> roles(String path, Map<String, Object> chat) {
        Map<String, String> settings = new HashMap<>(OtherSystem.settings());
        settings.put("parley.auth.jwt.roles-claim", path);
        settings.put("parley.auth.jwt.secret", SECRET);
        ExternalTokens reader = new ExternalTokens(jwt(settings), null, clock);
        JWTClaimsSet claims = other.claims("s", "dora")
                .claim("resource_access", Map.of("chat", chat))
                .build();
        try {
            String token = OtherSystem.signed(new JWSHeader.Builder(JWSAlgorithm.HS256), claims, new MACSigner(SECRET));
            return assertInstanceOf(Verdict.Good.class, reader.judge(token)).roles();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private ExternalTokens secret(String secret) {
        return new ExternalTokens(jwt(Map.of("parley.auth.jwt.secret", secret)), null, clock);
    }

    /** Over a set that never changes: the source has been asked, and an unknown key does not come. */
    private ExternalTokens tokens(String keySet) {
        ExternalKeys keys =
                new ExternalKeys(() -> CompletableFuture.completedFuture(keySet), Duration.ofMinutes(5), clock);
        keys.refreshIfDue();
        assertTrue(keys.mayCome());
        return new ExternalTokens(jwt(Map.of("parley.auth.jwt.jwks-url", "http://localhost/keys")), keys, clock);
    }

    private static Settings.Jwt jwt(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(OtherSystem.settings());
        settings.putAll(more);
        return SettingsLoader.of(settings).auth().external().jwt();
    }

    private static void assertGood(ExternalTokens tokens, String token) {
        assertInstanceOf(Verdict.Good.class, tokens.judge(token));
    }

    private static void assertFlaw(Flaw flaw, Verdict verdict) {
        assertEquals(new Verdict.Bad(flaw), verdict);
    }

    private static String claims(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
