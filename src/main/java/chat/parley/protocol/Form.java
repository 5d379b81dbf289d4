package chat.parley.protocol;

import org.jspecify.annotations.Nullable;

/** How the server's messages are laid in frames, as negotiated by subprotocol (protocol, section 1). */
public enum Form {
    /** One object a frame: no subprotocol, or {@code parley.v1}. */
    SINGLE("parley.v1", 32 * 1024),
    /** Every frame an array of one or more objects: {@code parley.v1.batch}. */
    BATCH("parley.v1.batch", 64 * 1024);

    private final String subprotocol;
    private final int maxFrameBytes;

    Form(String subprotocol, int maxFrameBytes) {
        this.subprotocol = subprotocol;
        this.maxFrameBytes = maxFrameBytes;
    }

    /** The name that is negotiated. */
    public String subprotocol() {
        return subprotocol;
    }

    /** The largest frame the server sends, in bytes of UTF-8. */
    public int maxFrameBytes() {
        return maxFrameBytes;
    }

    /** The form for what was negotiated; {@link #SINGLE} for nothing. */
    public static Form of(@Nullable String subprotocol) {
        return BATCH.subprotocol.equals(subprotocol) ? BATCH : SINGLE;
    }
}
