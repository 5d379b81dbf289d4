package chat.parley.moderation;

import chat.parley.config.Network;
import chat.parley.store.StoredBan;
import org.jspecify.annotations.Nullable;

/**
 * Somebody may not come in.
 *
 * @param id rises with every ban
 * @param reason for the banned to read
 * @param created milliseconds since the Unix epoch
 * @param until milliseconds since the Unix epoch; null until it is lifted
 * @param by the name of the admin
 */
public record Ban(
        long id,
        Target target,
        String reason,
        long created,
        @Nullable Long until,
        String by) {

    /** Whether it holds at a time. */
    public boolean holds(long now) {
        return until == null || now < until;
    }

    static Ban of(StoredBan stored) {
        String key = stored.userKey();
        Target target = key == null
                ? new Target.Addresses(Network.parse(String.valueOf(stored.network())))
                : new Target.User(key, String.valueOf(stored.userName()), stored.guest());
        return new Ban(stored.id(), target, stored.reason(), stored.created(), stored.until(), stored.by());
    }

    StoredBan stored() {
        return target instanceof Target.User user
                ? new StoredBan(id, user.key(), user.name(), user.guest(), null, reason, created, until, by)
                : new StoredBan(id, null, null, false, target.name(), reason, created, until, by);
    }
}
