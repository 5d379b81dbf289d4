package chat.parley.bench;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps frames that arrived in part until the rest comes, in buffers that are used again. A connection without such a
 * frame has no buffer. Belongs to one selector thread.
 */
final class Scraps {
    private static final int LEAST_BITS = 9;
    private static final int MOST_BITS = 17; // a frame of 64 KB with its header
    // More than this are not kept: a burst of partial frames must not stay in memory.
    private static final int SPARE = 256;

    private final List<ArrayDeque<ByteBuffer>> spare = new ArrayList<>();

    Scraps() {
        for (int bits = 0; bits <= MOST_BITS; bits++) {
            spare.add(new ArrayDeque<>());
        }
    }

    /** Takes what remains in the buffer; null when nothing does. */
    @Nullable ByteBuffer keep(ByteBuffer in) {
        int length = in.remaining();
        if (length == 0) {
            return null;
        }
        int bits = Math.max(LEAST_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(length - 1));
        ByteBuffer scrap = spare.get(bits).poll();
        return (scrap == null ? ByteBuffer.allocate(1 << bits) : scrap).put(in).flip();
    }

    /** Puts what was kept, if anything was, into the buffer and takes its own back. */
    void giveBack(@Nullable ByteBuffer scrap, ByteBuffer in) {
        if (scrap == null) {
            return;
        }
        in.put(scrap);
        scrap.clear();
        ArrayDeque<ByteBuffer> same = spare.get(Integer.numberOfTrailingZeros(scrap.capacity()));
        if (same.size() < SPARE) {
            same.push(scrap);
        }
    }
}
