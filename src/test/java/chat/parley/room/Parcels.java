package chat.parley.room;

import chat.parley.protocol.Form;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Parcels for tests of senders, which stand on another floor. */
public final class Parcels {

    private Parcels() {}

    /** A parcel of these texts, each a message of its own. */
    public static Parcel of(String... texts) {
        return Parcel.of(
                Form.SINGLE,
                Arrays.stream(texts)
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .toList());
    }
}
