package chat.parley.identity;

import chat.parley.config.Settings;
import com.nimbusds.jose.Header;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Judges the tokens (RFC 7519, with RFC 8725) of another user system. What may have signed and with which algorithm is said by the
 * settings and never by the token; nothing a token points to is followed. Thread-safe; nothing here waits.
 */
final class ExternalTokens {

    /** What is wrong with a token. */
    enum Flaw {
        TOO_LONG("the token is too long"),
        UNREADABLE("the token cannot be read"),
        WRONG_TYPE("this kind of token is not for signing in"),
        WRONG_ALGORITHM("the token is signed by an algorithm that is not taken here"),
        CRITICAL("the token asks for an extension that is not known here"),
        UNKNOWN_KEY("the token is signed with a key that is not known here"),
        FORGED("the token's signature is wrong"),
        WRONG_ISSUER("the token is from another issuer"),
        WRONG_AUDIENCE("the token is for somebody else"),
        NO_EXPIRY("the token does not say until when it is good"),
        EXPIRED("the token has expired"),
        NOT_YET_VALID("the token is not good yet"),
        NO_SUBJECT("the token does not say whose it is"),
        NO_NAME("the token has no name of a user");

        private final String why;

        Flaw(String why) {
            this.why = why;
        }

        /** As a sentence for people. */
        String why() {
            return why;
        }
    }

    /** What a token is worth. */
    sealed interface Verdict {

        /**
         * It is good.
         *
         * @param expiresAt milliseconds since the Unix epoch
         */
        record Good(String subject, String name, Set<String> roles, long expiresAt) implements Verdict {}

        /** It is not, and will not be. */
        record Bad(Flaw flaw) implements Verdict {}

        /** The keys to tell are being fetched. */
        record Unknown() implements Verdict {}
    }

    /** As much as most servers take in a header. */
    static final int MAX_CHARS = 8 * 1024;

    /** OpenID Connect Core, section 2. */
    private static final int MAX_SUBJECT = 255;

    /** RFC 7519, section 5.1, and RFC 9068, section 2.1. Many systems say none. */
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/jwt", "application/at+jwt");

    private final Settings.Jwt settings;
    private final @Nullable ExternalKeys keys;
    private final Set<JWSAlgorithm> algorithms;
    private final Clock clock;

    /** Tokens by the settings; null for the keys when there is a secret. */
    ExternalTokens(Settings.Jwt settings, @Nullable ExternalKeys keys, Clock clock) {
        this.settings = settings;
        this.keys = keys;
        this.algorithms =
                settings.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toUnmodifiableSet());
        this.clock = clock;
    }

    /** Whether a text is a token that is to be judged here, whatever comes of it, and not one of Parley's own. */
    boolean isFor(String text) {
        int dot = text.indexOf('.');
        if (dot < 0 || text.indexOf('.', dot + 1) < 0) {
            return false;
        }
        if (text.length() > MAX_CHARS) {
            return true;
        }
        try {
            // Nobody else can have this issuer: the settings refuse it.
            return !Settings.Jwt.OWN_ISSUER.equals(
                    SignedJWT.parse(text).getJWTClaimsSet().getIssuer());
        } catch (ParseException | RuntimeException e) {
            return true;
        }
    }

    /** What a token is worth now. */
    Verdict judge(String token) {
        if (token.length() > MAX_CHARS) {
            return new Verdict.Bad(Flaw.TOO_LONG);
        }
        try {
            int dot = Math.max(0, token.indexOf('.'));
            if (!(Header.parse(new Base64URL(token.substring(0, dot))) instanceof JWSHeader)) {
                return new Verdict.Bad(Flaw.WRONG_ALGORITHM); // none at all, or encrypted
            }
            SignedJWT jwt = SignedJWT.parse(token);
            Verdict signature = signature(jwt);
            return signature == null ? judge(jwt.getJWTClaimsSet()) : signature;
        } catch (ParseException | JOSEException | RuntimeException e) {
            return new Verdict.Bad(Flaw.UNREADABLE); // Anybody can write anything; Nimbus throws more than it declares.
        }
    }

    /** What is wrong with the signature; null for nothing. */
    private @Nullable Verdict signature(SignedJWT jwt) throws JOSEException {
        JWSHeader header = jwt.getHeader();
        JOSEObjectType type = header.getType();
        if (!algorithms.contains(header.getAlgorithm())) {
            return new Verdict.Bad(Flaw.WRONG_ALGORITHM);
        }
        if (type != null && !TYPES.contains(type.getType().toLowerCase(Locale.ROOT))) {
            return new Verdict.Bad(Flaw.WRONG_TYPE);
        }
        if (header.getCriticalParams() != null && !header.getCriticalParams().isEmpty()) {
            return new Verdict.Bad(Flaw.CRITICAL); // RFC 7515, section 4.1.11
        }
        if (keys == null) {
            byte[] secret = settings.secret().getBytes(StandardCharsets.UTF_8);
            return jwt.verify(new MACVerifier(secret)) ? null : new Verdict.Bad(Flaw.FORGED);
        }
        List<JWK> named = keys.find(header.getKeyID());
        if (named.isEmpty()) {
            if (keys.mayCome()) {
                return new Verdict.Unknown();
            }
            named = keys.find(header.getKeyID());
        }
        boolean isKnown = false;
        for (JWK key : named) {
            JWSVerifier verifier = verifier(key, header.getAlgorithm());
            if (verifier != null) {
                isKnown = true;
                if (jwt.verify(verifier)) {
                    return null;
                }
            }
        }
        return new Verdict.Bad(isKnown ? Flaw.FORGED : Flaw.UNKNOWN_KEY);
    }

    /** RFC 8725, section 3.2: a key is used with the algorithm it is for, or with none. */
    private static @Nullable JWSVerifier verifier(JWK key, JWSAlgorithm algorithm) throws JOSEException {
        if (key.getAlgorithm() != null && !key.getAlgorithm().equals(algorithm)) {
            return null;
        }
        if (key instanceof RSAKey rsa && JWSAlgorithm.Family.RSA.contains(algorithm)) {
            return new RSASSAVerifier(rsa);
        }
        if (key instanceof ECKey curve && JWSAlgorithm.Family.EC.contains(algorithm)) {
            ECDSAVerifier verifier = new ECDSAVerifier(curve);
            return verifier.supportedJWSAlgorithms().contains(algorithm) ? verifier : null;
        }
        return null;
    }

    private Verdict judge(JWTClaimsSet claims) throws ParseException {
        long now = clock.millis();
        long skew = settings.skew().toMillis();
        Date expires = claims.getExpirationTime();
        if (!settings.issuer().equals(claims.getIssuer())) {
            return new Verdict.Bad(Flaw.WRONG_ISSUER);
        }
        if (!claims.getAudience().contains(settings.audience())) {
            return new Verdict.Bad(Flaw.WRONG_AUDIENCE);
        }
        if (expires == null) {
            return new Verdict.Bad(Flaw.NO_EXPIRY);
        }
        if (now - skew >= expires.getTime()) {
            return new Verdict.Bad(Flaw.EXPIRED);
        }
        if (isLater(claims.getNotBeforeTime(), now + skew) || isLater(claims.getIssueTime(), now + skew)) {
            return new Verdict.Bad(Flaw.NOT_YET_VALID);
        }
        String subject = claims.getSubject();
        if (subject == null || subject.isEmpty() || subject.length() > MAX_SUBJECT) {
            return new Verdict.Bad(Flaw.NO_SUBJECT);
        }
        if (!(Claims.at(claims.getClaims(), settings.nameClaim()) instanceof String name)) {
            return new Verdict.Bad(Flaw.NO_NAME);
        }
        // Who came in after the end by our clock, because theirs may be behind, stays for as long as that may be so.
        long end = now < expires.getTime() ? expires.getTime() : expires.getTime() + skew;
        return new Verdict.Good(subject, name, Claims.texts(Claims.at(claims.getClaims(), settings.rolesClaim())), end);
    }

    private static boolean isLater(@Nullable Date time, long than) {
        return time != null && time.getTime() > than;
    }
}
