package chat.parley.room;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is read only when it can be sent, so that what waits for a slow reader is a request and not a page.
 */
final class PageReply extends Reply {

    private final Outlet outlet;
    private final Supplier<CompletionStage<byte[]>> read;
    private boolean asked;
    private volatile byte @Nullable [] page;

    /** A page; the stage never fails: what cannot be read becomes an error for the client. */
    PageReply(Outlet outlet, Supplier<CompletionStage<byte[]>> read) {
        this.outlet = outlet;
        this.read = read;
    }

    @Override
    boolean give(ParcelBuilder out) {
        if (!asked) {
            if (!out.isEmpty()) {
                return false;
            }
            asked = true;
            read.get().thenAccept(this::fill);
        }
        byte[] known = page;
        return known != null && out.add(known);
    }

    @Override
    int chargedBytes() {
        byte[] known = page;
        return PLACE_BYTES + (known == null ? 0 : known.length);
    }

    @Override
    void closed() {
        outlet.releasePage();
    }

    private void fill(byte[] json) {
        page = json;
        outlet.filled(json.length);
    }
}
