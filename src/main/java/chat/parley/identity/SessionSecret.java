package chat.parley.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a guest proves with that they are the same person: {@code key.secret}. The key finds the guest and is no
 * secret; of the secret only the hash is kept. Both are base64url (RFC 4648, section 5), so the dot parts them.
 */
final class SessionSecret {
    private static final int KEY_BYTES = 12; // 96 bits: unlikely to meet again among all guests there will ever be
    private static final int SECRET_BYTES = 24; // 192 bits: not to be guessed, so a plain hash of it is enough

    /** Nothing else was ever made, so nothing else is asked for anywhere: not every store takes every character. */
    private static final Pattern FORM =
            Pattern.compile("([A-Za-z0-9_-]{" + chars(KEY_BYTES) + "})\\.([A-Za-z0-9_-]{" + chars(SECRET_BYTES) + "})");

    private final String key;
    private final String secret;

    private SessionSecret(String key, String secret) {
        this.key = key;
        this.secret = secret;
    }

    static SessionSecret make(SecureRandom random) {
        return new SessionSecret(text(random, KEY_BYTES), text(random, SECRET_BYTES));
    }

    /** What a client brought; null if it is not one. */
    static @Nullable SessionSecret parse(@Nullable String session) {
        if (session == null) {
            return null;
        }
        Matcher parts = FORM.matcher(session);
        return parts.matches() ? new SessionSecret(parts.group(1), parts.group(2)) : null;
    }

    /** A key alone, of which none was ever made before. */
    static String makeKey(SecureRandom random) {
        return text(random, KEY_BYTES);
    }

    /** Whose secret it says it is. */
    String key() {
        return key;
    }

    /** What may be kept: SHA-256 of the secret part. */
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Whether this is the secret that the hash was made of; takes as long whichever byte differs. */
    boolean matches(byte[] hash) {
        return MessageDigest.isEqual(hash, hash());
    }

    /** The text for the client. */
    String reveal() {
        return key + "." + secret;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "SessionSecret[" + key + "]";
    }

    /** RFC 4648, section 5, without padding. */
    private static int chars(int bytes) {
        return (bytes * 8 + 5) / 6;
    }

    private static String text(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
