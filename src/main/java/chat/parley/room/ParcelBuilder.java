package chat.parley.room;

import chat.parley.protocol.Form;
import java.util.ArrayList;
import java.util.List;

/** Collects objects for one send until it is full: as much as one frame of the form may carry. */
final class ParcelBuilder {

    /** Bounds the frames of one send in the single form; a frame has its own cost whatever it carries. */
    private static final int MAX_OBJECTS = 512;

    /** One send carries as much in either form. */
    private static final int MAX_BYTES = Form.BATCH.maxFrameBytes();

    private final Form form;
    private final List<byte[]> objects = new ArrayList<>();
    private int bytes = 2; // the brackets

    ParcelBuilder(Form form) {
        this.form = form;
    }

    /** Adds an object unless that would be too much; the first always fits. Returns whether it was added. */
    boolean add(byte[] object) {
        int added = object.length + 1; // the comma
        if (!objects.isEmpty() && (bytes + added > MAX_BYTES || objects.size() == MAX_OBJECTS)) {
            return false;
        }
        objects.add(object);
        bytes += added;
        return true;
    }

    boolean isEmpty() {
        return objects.isEmpty();
    }

    Parcel build() {
        return Parcel.of(form, objects);
    }
}
