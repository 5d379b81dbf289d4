package chat.parley.store;

import chat.parley.protocol.RoomName;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the writer does between batches: it saves guests, tries a store that failed until it works again, and deletes what
 * is too old and goes after what deleted accounts said, a bite at a time. The writer's thread only.
 */
final class Upkeep {

    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

    private static final long PROBE_NANOS = Duration.ofSeconds(1).toNanos();

    /** Between two bites of the retention, so that deleting much takes a small part of the writer's time. */
    private static final long BITE_NANOS = Duration.ofMillis(50).toNanos();

    /** Between two looks at all rooms. */
    private static final long ROUND_NANOS = Duration.ofMinutes(1).toNanos();

    /** By then what was on its way from an account when it was deleted is stored. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final MessageStore store;
    private final GuestChanges guests;
    private final Outage outage;
    private final Duration retention;
    private final Clock clock;
    private final BiConsumer<RoomName, Long> expired;
    private final Consumer<RoomName> retouched;
    private long probeAt = System.nanoTime();
    private long biteAt = System.nanoTime();
    private long retouchAt = System.nanoTime();

    /**
     * The upkeep of a store.
     *
     * @param retention zero for ever
     * @param expired hears the lowest seq that is still there of a room that lost some
     * @param retouched hears of rooms where what somebody said reads otherwise now
     */
    Upkeep(
            MessageStore store,
            GuestChanges guests,
            Outage outage,
            Duration retention,
            Clock clock,
            BiConsumer<RoomName, Long> expired,
            Consumer<RoomName> retouched) {
        this.store = store;
        this.guests = guests;
        this.outage = outage;
        this.retention = retention;
        this.clock = clock;
        this.expired = expired;
        this.retouched = retouched;
    }

    /** Does what is due. */
    void run() {
        long now = System.nanoTime();
        try {
            if (now - probeAt >= 0) {
                probeAt = now + PROBE_NANOS;
                store.probe(outage.isDown());
                outage.worked();
            }
            if (outage.isDown()) {
                return;
            }
            guests.save(store);
            if (!retention.isZero() && now - biteAt >= 0) {
                biteAt = now + ROUND_NANOS; // also after a bite that fails
                if (!bite()) {
                    biteAt = now + BITE_NANOS;
                }
            }
            if (now - retouchAt >= 0) {
                retouchAt = now + PROBE_NANOS;
                if (!retouch()) {
                    retouchAt = now + BITE_NANOS;
                }
            }
        } catch (StoreException | RuntimeException | Error e) {
            outage.failed(e);
        }
    }

    /** Whether nobody is left. */
    private boolean retouch() throws StoreException {
        Retouched bite = store.retouch(clock.millis() - FAREWELL.toMillis());
        for (RoomName room : bite.rooms()) {
            try {
                retouched.accept(room);
            } catch (RuntimeException e) {
                log.atError().setCause(e).log("what was retouched could not be passed on");
            }
        }
        return bite.done();
    }

    /** Whether all rooms have been looked at. */
    private boolean bite() throws StoreException {
        Expiry expiry = store.expire(clock.millis() - retention.toMillis());
        expiry.firsts().forEach((room, first) -> {
            try {
                expired.accept(room, first);
            } catch (RuntimeException e) {
                log.atError().setCause(e).log("what expired could not be passed on");
            }
        });
        return expiry.done();
    }
}
