package chat.parley.store;

import org.jspecify.annotations.Nullable;

/**
 * What an admin did.
 *
 * @param id given by the store, rising; 0 while it is not stored
 * @param at milliseconds since the Unix epoch
 * @param actorKey as in {@link Author#key}
 * @param actorName the admin's name then
 * @param act {@code kick}, {@code ban} or {@code lift}
 * @param object a name, or a network in CIDR notation
 * @param objectKey the key of a user; null for a network
 * @param reason as the admin gave it
 * @param until milliseconds since the Unix epoch when a ban ends; null for no end
 * @param ban the id of the ban that was made or lifted; null for a kick, 0 for one not stored yet
 */
public record StoredAct(
        long id,
        long at,
        String actorKey,
        String actorName,
        String act,
        String object,
        @Nullable String objectKey,
        String reason,
        @Nullable Long until,
        @Nullable Long ban) {

    StoredAct withId(long given) {
        return new StoredAct(given, at, actorKey, actorName, act, object, objectKey, reason, until, ban);
    }

    StoredAct ofBan(long made) {
        return new StoredAct(id, at, actorKey, actorName, act, object, objectKey, reason, until, made);
    }
}
