package chat.parley.http;

import chat.parley.identity.Admins;
import chat.parley.identity.Identity;
import chat.parley.moderation.Moderation;
import chat.parley.moderation.Target;
import chat.parley.moderation.Visit;
import chat.parley.store.StoredAct;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What admins are told. Times are milliseconds since the Unix epoch. Public for the sake of its records, which JSON-B
 * writes.
 */
public final class AdminAnswers {

    private AdminAnswers() {}

    /**
     * What came of a kick or a ban.
     *
     * @param connections how many were ended
     * @param addresses where they came from, at most twenty
     */
    public record Done(@Nullable Ban ban, int connections, List<String> addresses) {
        static Done of(Moderation.Done done) {
            return new Done(done.ban() == null ? null : Ban.of(done.ban()), done.connections(), done.addresses());
        }
    }

    /** A ban of a user or else of an address. */
    public record Ban(
            long id,
            @Nullable String user,
            @Nullable String userKey,
            @Nullable Boolean guest,
            @Nullable String address,
            String reason,
            long created,
            @Nullable Long until,
            String by) {
        static Ban of(chat.parley.moderation.Ban ban) {
            Target target = ban.target();
            Target.User user = target instanceof Target.User found ? found : null;
            return new Ban(
                    ban.id(),
                    user == null ? null : user.name(),
                    user == null ? null : user.key(),
                    user == null ? null : Boolean.valueOf(user.guest()),
                    user == null ? target.name() : null,
                    ban.reason(),
                    ban.created(),
                    ban.until(),
                    ban.by());
        }
    }

    /** Some bans, and whether there are more. */
    public record Bans(List<Ban> bans, boolean more) {
        static Bans of(List<chat.parley.moderation.Ban> bans, int limit) {
            return new Bans(bans.stream().limit(limit).map(Ban::of).toList(), bans.size() > limit);
        }
    }

    /**
     * What an admin did.
     *
     * @param ban the id of the ban that was made or lifted
     */
    public record Act(
            long id,
            long at,
            String admin,
            String adminKey,
            String act,
            String object,
            @Nullable String objectKey,
            String reason,
            @Nullable Long until,
            @Nullable Long ban) {
        static Act of(StoredAct act) {
            return new Act(
                    act.id(),
                    act.at(),
                    act.actorName(),
                    act.actorKey(),
                    act.act(),
                    act.object(),
                    act.objectKey(),
                    act.reason(),
                    act.until(),
                    act.ban());
        }
    }

    /** Some acts, and whether there are more. */
    public record Audit(List<Act> acts, boolean more) {
        static Audit of(List<StoredAct> acts, int limit) {
            return new Audit(acts.stream().limit(limit).map(Act::of).toList(), acts.size() > limit);
        }
    }

    /**
     * A connection.
     *
     * @param rooms in how many it is
     */
    public record User(
            long connection, String name, boolean guest, boolean admin, String address, long since, int rooms) {
        static User of(Visit visit, Admins admins) {
            Identity identity = visit.pass().identity();
            return new User(
                    visit.connection(),
                    identity.name().value(),
                    identity.guest(),
                    admins.isAdmin(visit.pass()),
                    visit.address(),
                    visit.since(),
                    visit.rooms());
        }
    }

    /** Some connections, and whether there are more. */
    public record Users(List<User> users, boolean more) {
        static Users of(List<Visit> visits, int limit, Admins admins) {
            return new Users(
                    visits.stream()
                            .limit(limit)
                            .map(visit -> User.of(visit, admins))
                            .toList(),
                    visits.size() > limit);
        }
    }
}
