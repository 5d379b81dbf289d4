package chat.parley.room;

import chat.parley.protocol.Form;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one send carries: one or more whole text messages, in order. Immutable, and shared by all members that are at
 * the same place; nobody changes the bytes.
 */
public final class Parcel {

    private final byte[][] texts;
    private final long bytes;
    private @Nullable Object rendition;

    private Parcel(byte[][] texts) {
        this.texts = texts;
        long sum = 0;
        for (byte[] text : texts) {
            sum += text.length;
        }
        this.bytes = sum;
    }

    /** The objects, laid in text messages as the form wants it: each its own, or all in one array. */
    static Parcel of(Form form, List<byte[]> objects) {
        return new Parcel(form == Form.BATCH ? new byte[][] {array(objects)} : objects.toArray(byte[][]::new));
    }

    /** How many text messages. */
    public int size() {
        return texts.length;
    }

    /** One of the text messages, UTF-8; not to be changed. */
    public byte[] text(int index) {
        return texts[index];
    }

    /** How many bytes all text messages have together. */
    public long bytes() {
        return bytes;
    }

    /**
     * This parcel in the shape a {@link Sender} needs, made at its first use and kept. All senders that share a
     * parcel are expected to be of one kind; another kind makes its own again. The function must be pure: two threads
     * may both call it.
     */
    public <T> T rendition(Class<T> type, Function<Parcel, T> make) {
        Object known = rendition;
        if (type.isInstance(known)) {
            return type.cast(known);
        }
        T made = make.apply(this);
        rendition = made;
        return made;
    }

    /** The text messages as strings; for senders that cannot take bytes. */
    public String[] strings() {
        return rendition(String[].class, parcel -> {
            String[] strings = new String[parcel.size()];
            for (int i = 0; i < strings.length; i++) {
                strings[i] = new String(parcel.text(i), StandardCharsets.UTF_8);
            }
            return strings;
        });
    }

    @Override
    public String toString() {
        return texts.length + " texts, " + bytes + " bytes";
    }

    private static byte[] array(List<byte[]> objects) {
        int length = 1 + objects.size();
        for (byte[] object : objects) {
            length += object.length;
        }
        byte[] array = new byte[length];
        int at = 0;
        for (byte[] object : objects) {
            array[at++] = (byte) (at == 1 ? '[' : ',');
            System.arraycopy(object, 0, array, at, object.length);
            at += object.length;
        }
        array[at] = ']';
        return array;
    }
}
