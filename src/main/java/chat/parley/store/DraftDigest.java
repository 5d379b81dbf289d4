package chat.parley.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What was asked, as 32 bytes: tells a resend from another request under the same id. One thread. */
final class DraftDigest {

    private final MessageDigest sha256;

    DraftDigest() {
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    byte[] of(Draft draft) {
        sha256.update(Sql.MESSAGE_TYPE.getBytes(StandardCharsets.US_ASCII));
        sha256.update((byte) 0);
        return sha256.digest(draft.content().getBytes(StandardCharsets.UTF_8));
    }
}
