package chat.parley.identity;

import chat.parley.config.Settings;
import chat.parley.protocol.UserName;
import chat.parley.store.StoredSigningKey;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Short signed tokens (RFC 7519): they say whose session they are of, for a quarter of an hour. They are no sessions:
 * whoever looks at one asks besides whether its session is still open. Thread-safe; nothing here waits.
 *
 * <p>HS256, because who signs is also who looks: a public key would be of no use to anybody.
 */
public final class Tokens {

    /** Says that it is one of these (RFC 8725, section 3.11), so that no other kind of token passes for it. */
    private static final JOSEObjectType TYPE = new JOSEObjectType("parley+jwt");

    /** The same for a ticket: none passes for a token, nor the other way round. */
    private static final JOSEObjectType TICKET_TYPE = new JOSEObjectType("parley-ticket+jwt");

    private static final String ISSUER = Settings.Jwt.OWN_ISSUER;
    private static final String AUDIENCE = "parley";
    private static final String NAME = "name";
    private static final String GUEST = "guest";
    private static final String SESSION = "sid";
    private static final String ADMIN = "adm";
    private static final String END = "end";

    /** A token of ours has some 350; what is much longer is not even parsed. */
    private static final int MAX_CHARS = 2_048;

    private final TokenKeys keys;
    private final Duration lifetime;
    private final Clock clock;

    /** Tokens that are good for so long. */
    public Tokens(TokenKeys keys, Duration lifetime, Clock clock) {
        this.keys = keys;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /**
     * A token.
     *
     * @param expiresAt milliseconds since the Unix epoch
     */
    public record Issued(String token, long expiresAt) {
        /** Without the token, for logs. */
        @Override
        public String toString() {
            return "Issued[" + expiresAt + "]";
        }
    }

    /** A token of a session, good for its lifetime but not longer than the session. */
    public Issued issue(Pass pass) {
        long now = clock.millis();
        Long end = pass.expiresAt();
        long expiresAt = now + lifetime.toMillis();
        if (end != null && end < expiresAt) {
            expiresAt = end;
        }
        expiresAt -= expiresAt % 1_000; // RFC 7519, section 2: seconds
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject(pass.identity().key())
                .claim(NAME, pass.identity().name().value())
                .claim(GUEST, pass.identity().guest())
                .claim(SESSION, pass.session())
                .issueTime(new Date(now))
                .expirationTime(new Date(expiresAt))
                .build();
        return new Issued(signed(TYPE, claims), expiresAt);
    }

    private String signed(JOSEObjectType type, JWTClaimsSet claims) {
        StoredSigningKey key = keys.signing();
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(type)
                        .keyID(key.id())
                        .build(),
                claims);
        try {
            jwt.sign(new MACSigner(key.secret()));
        } catch (JOSEException e) {
            throw new IllegalStateException("a key of ours does not sign", e);
        }
        return jwt.serialize();
    }

    /**
     * A ticket that any server with the same keys can look at.
     *
     * @param ticket as it is brought
     * @param expiresAt milliseconds since the Unix epoch
     */
    record Ticket(String ticket, String id, Pass pass, long expiresAt) {
        /** Without the ticket and its id, for logs. */
        @Override
        public String toString() {
            return "Ticket[" + pass + ", " + expiresAt + "]";
        }
    }

    /** A ticket of a session; that it opens one connection only is for others to see to. */
    Tickets.Issued issueTicket(Pass pass, String id, Duration lifetime) {
        long now = clock.millis();
        long expiresAt = now + lifetime.toMillis();
        expiresAt -= expiresAt % 1_000;
        Long end = pass.expiresAt();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .jwtID(id)
                .subject(pass.identity().key())
                .claim(NAME, pass.identity().name().value())
                .claim(GUEST, pass.identity().guest())
                .claim(SESSION, pass.session())
                .claim(ADMIN, pass.isAdmin())
                .claim(END, end)
                .issueTime(new Date(now))
                .expirationTime(new Date(expiresAt))
                .build();
        return new Tickets.Issued(signed(TICKET_TYPE, claims), expiresAt);
    }

    /** What a ticket says, if it is ours and good now; null when it is not. */
    @Nullable Ticket ticket(String text) {
        JWTClaimsSet claims = verified(text, TICKET_TYPE);
        if (claims == null) {
            return null;
        }
        try {
            Pass pass = read(claims);
            String id = claims.getJWTID();
            if (pass == null || id == null) {
                return null;
            }
            Pass whole = new Pass(
                    pass.identity(),
                    pass.session(),
                    Boolean.TRUE.equals(claims.getBooleanClaim(ADMIN)),
                    claims.getLongClaim(END));
            return new Ticket(text, id, whole, claims.getExpirationTime().getTime());
        } catch (ParseException | RuntimeException e) {
            return null;
        }
    }

    /** Whether it may be ours, but names a key that is not known here: another server may have made it a moment ago. */
    boolean isOfUnknownKey(String token) {
        if (token.length() > MAX_CHARS) {
            return false;
        }
        try {
            JWSHeader header = SignedJWT.parse(token).getHeader();
            String key = header.getKeyID();
            boolean isOurs = TYPE.equals(header.getType()) || TICKET_TYPE.equals(header.getType());
            return isOurs && key != null && keys.verifying(key) == null;
        } catch (ParseException | RuntimeException e) {
            return false;
        }
    }

    /** What a token says, if it is ours and good now; null when it is not, whatever is wrong with it. */
    @Nullable Pass read(String token) {
        JWTClaimsSet claims = verified(token, TYPE);
        try {
            return claims == null ? null : read(claims);
        } catch (ParseException | RuntimeException e) {
            return null;
        }
    }

    private @Nullable JWTClaimsSet verified(String token, JOSEObjectType type) {
        if (token.length() > MAX_CHARS) {
            return null;
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            JWSHeader header = jwt.getHeader();
            StoredSigningKey key = header.getKeyID() == null ? null : keys.verifying(header.getKeyID());
            if (key == null
                    || !JWSAlgorithm.HS256.equals(header.getAlgorithm())
                    || !type.equals(header.getType())
                    || !jwt.verify(new MACVerifier(key.secret()))) {
                return null;
            }
            return jwt.getJWTClaimsSet();
        } catch (ParseException | JOSEException | RuntimeException e) {
            return null; // Anybody can write anything; Nimbus throws more than it declares.
        }
    }

    private @Nullable Pass read(JWTClaimsSet claims) throws ParseException {
        long now = clock.millis();
        Date expires = claims.getExpirationTime();
        Date notBefore = claims.getNotBeforeTime();
        boolean isOurs = ISSUER.equals(claims.getIssuer()) && List.of(AUDIENCE).equals(claims.getAudience());
        boolean isGoodNow =
                expires != null && now < expires.getTime() && (notBefore == null || notBefore.getTime() <= now);
        String session = claims.getStringClaim(SESSION);
        if (!isOurs || !isGoodNow || session == null) {
            return null;
        }
        Identity identity = new Identity(
                claims.getSubject(),
                new UserName(claims.getStringClaim(NAME)),
                Boolean.TRUE.equals(claims.getBooleanClaim(GUEST)));
        return new Pass(identity, session, expires.getTime());
    }
}
