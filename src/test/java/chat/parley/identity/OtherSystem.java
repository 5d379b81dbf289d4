package chat.parley.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A user system that is not Parley: it has keys and signs tokens for its people, good ones and all others. */
public final class OtherSystem {

    public static final String ISSUER = "https://sso.example.org/realms/shop";
    public static final String AUDIENCE = "parley-chat";

    /** The key it signs with at first, and the one it changes to. */
    public static final RSAKey FIRST = rsa("first");

    public static final RSAKey SECOND = rsa("second");

    private final Clock clock;

    public OtherSystem(Clock clock) {
        this.clock = clock;
    }

    /** The settings with which a server takes its tokens, but for where the keys are. */
    public static Map<String, String> settings() {
        return Map.of(
                "parley.auth.jwt.issuer",
                ISSUER,
                "parley.auth.jwt.audience",
                AUDIENCE,
                "parley.auth.jwt.roles-claim",
                "realm_access.roles",
                "parley.auth.admin-roles",
                "chat-admin");
    }

    /** What anybody may fetch. */
    public static String keySet(JWK... keys) {
        return new JWKSet(List.of(keys)).toString(true);
    }

    /** The claims of a good token of somebody, for five minutes. */
    public JWTClaimsSet.Builder claims(String subject, String name) {
        long now = clock.millis();
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(List.of("account", AUDIENCE))
                .subject(subject)
                .claim("preferred_username", name)
                .claim("realm_access", Map.of("roles", List.of("customer")))
                .issueTime(new Date(now))
                .expirationTime(new Date(now + 300_000));
    }

    /** A good token. */
    public String token(String subject, String name) {
        return token(FIRST, subject, name, claims -> {});
    }

    /** A token that is good but for what is changed. */
    public String token(RSAKey key, String subject, String name, Consumer<JWTClaimsSet.Builder> change) {
        JWTClaimsSet.Builder claims = claims(subject, name);
        change.accept(claims);
        return signed(header(key.getKeyID()), claims.build(), signer(key));
    }

    static JWSHeader.Builder header(String keyId) {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keyId);
    }

    static String signed(JWSHeader.Builder header, JWTClaimsSet claims, JWSSigner signer) {
        try {
            SignedJWT jwt = new SignedJWT(header.build(), claims);
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static JWSSigner signer(RSAKey key) {
        try {
            return new RSASSASigner(key);
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /** Another key, of any name. */
    public static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /** As arguments of keys and values in turn. */
    public static String[] settings(String... more) {
        String[] all = settings().entrySet().stream()
                .flatMap(entry -> List.of(entry.getKey(), entry.getValue()).stream())
                .toArray(String[]::new);
        String[] both = Arrays.copyOf(all, all.length + more.length);
        System.arraycopy(more, 0, both, all.length, more.length);
        return both;
    }
}
