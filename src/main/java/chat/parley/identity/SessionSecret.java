package chat.parley.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What a guest proves with that they are the same person: {@code key.secret}. The key finds the guest and is no
 * secret; of the secret only the hash is kept. Both are base64url (RFC 4648, section 5), so the dot parts them.
 */
final class SessionSecret {
    private static final int KEY_BYTES = 12; // 96 bits: unlikely to meet again among all guests there will ever be
    private static final int SECRET_BYTES = 24; // 192 bits: not to be guessed, so a plain hash of it is enough
    private static final int MAX_CHARS = 128; // longer ones are none of ours

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
        int dot = session == null ? -1 : session.indexOf('.');
        if (session == null || dot <= 0 || dot == session.length() - 1 || session.length() > MAX_CHARS) {
            return null;
        }
        return new SessionSecret(session.substring(0, dot), session.substring(dot + 1));
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

    private static String text(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
