package chat.parley.room;

import org.jspecify.annotations.Nullable;

/** An answer of one object, known at once or later. Any thread may fill it, once. */
public final class Answer extends Reply {

    private final Outlet outlet;
    private volatile byte @Nullable [] object;

    Answer(Outlet outlet) {
        this.outlet = outlet;
    }

    /** Says what the answer is: an encoded object. */
    public void fill(byte[] object) {
        this.object = object;
        outlet.filled(object.length);
    }

    @Override
    boolean give(ParcelBuilder out) {
        byte[] known = object;
        return known != null && out.add(known);
    }

    @Override
    int chargedBytes() {
        byte[] known = object;
        return PLACE_BYTES + (known == null ? 0 : known.length);
    }
}
