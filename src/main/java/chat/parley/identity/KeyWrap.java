package chat.parley.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Wraps the keys that lie in the store, so that whoever has the store alone has no key: AES-256-GCM (NIST SP 800-38D)
 * under a key that is not in the store. Wrapped is a version, a nonce, and the ciphertext with its tag; the name of the
 * key is authenticated with it, so that no key passes for another. Immutable; any thread may call.
 */
public final class KeyWrap {

    /** How many bytes the key has that wraps. */
    public static final int BYTES = 32;

    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final SecretKey key;

    /** Wraps under this key of {@link #BYTES} bytes. */
    public KeyWrap(byte[] key) {
        if (key.length != BYTES) {
            throw new IllegalArgumentException("a key of " + key.length + " bytes");
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    /** Wraps under a key that nobody has, for a store that goes with the process. */
    public static KeyWrap ofThisProcess() {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        return new KeyWrap(key);
    }

    /** Wraps a key of that name. */
    byte[] wrap(String id, byte[] secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, id, nonce).doFinal(secret);
            return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
                    .put(VERSION)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    /** Unwraps the key of that name; null when it was not wrapped under this key, or for another name. */
    byte @Nullable [] unwrap(String id, byte[] wrapped) {
        if (wrapped.length < 1 + NONCE_BYTES + TAG_BITS / 8 || wrapped[0] != VERSION) {
            return null;
        }
        byte[] nonce = new byte[NONCE_BYTES];
        System.arraycopy(wrapped, 1, nonce, 0, NONCE_BYTES);
        try {
            int start = 1 + NONCE_BYTES;
            return cipher(Cipher.DECRYPT_MODE, id, nonce).doFinal(wrapped, start, wrapped.length - start);
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    private Cipher cipher(int mode, String id, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(id.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
