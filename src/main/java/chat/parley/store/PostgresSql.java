package chat.parley.store;

/** The statements that only PostgreSQL gets. */
final class PostgresSql {

    private static final String BOUNDS =
            "select set_config('lock_timeout', '2000', true)," + " set_config('statement_timeout', '2000', true)";

    /**
     * Bounds what a transaction may hold, in milliseconds, until it ends: a server that is paused in the middle of one
     * is thrown out of it. Said here and not when connecting: a pooler would refuse it there, or keep it for others.
     */
    static final String BOUND_TRANSACTION =
            BOUNDS + ", set_config('idle_in_transaction_session_timeout', '2000', true)";

    static final String BEGIN_READING =
            "set transaction isolation level repeatable read, read only; " + BOUND_TRANSACTION;

    /** Two statements in one round trip, and without a transaction around them they are one by themselves. */
    static final String APPEND = BOUNDS + "; select * from append_1(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    static final String HEADS = "select name, head, first from room where name = any(?) and head > 0";

    /**
     * The place of all locks of names, and the bucket of one: so few that a batch of thousands, on each of many servers,
     * does not fill the table of locks, which all databases of a PostgreSQL share.
     */
    private static final String LOCK = "pg_advisory_xact_lock(1819242347, "; // "look" in ASCII

    private static final String BUCKET = "(hashtextextended(%s, 0) & 255)::integer";

    static final String LOCK_NAME = "select " + LOCK + BUCKET.formatted("?") + ")";

    /** As many at once as there are keys; one lock of the row for all. */
    static final String ADD_CHANGES =
            "with changed as (select key, place from unnest(?) with ordinality n (key, place)),"
                    + " given as (update journal_head set last = last + (select count(*) from changed) returning last)"
                    + " insert into journal (id, kind, key)"
                    + " select g.last - (select count(*) from changed) + c.place, ?, c.key from given g, changed c";

    /** One row at least, whose change is missing when there is none. */
    static final String CHANGES = "select h.last, j.id, j.kind, j.key from journal_head h"
            + " left join lateral (select * from journal where id > ? order by id limit ?) j on true order by j.id";

    static final String FORGET_CHANGES =
            "delete from journal where at < clock_timestamp() - ? * interval '1 millisecond'";

    static final String ACCOUNTS_BY_KEY =
            "select account_key, name, skeleton, '', created, tombstoned from account" + " where account_key = any(?)";

    static final String SESSIONS_OF = "select session_key, secret_hash, account_key, created, expires from session"
            + " where account_key = any(?) and expires > ? and revoked is null order by created, session_key";

    static final String EXTERNAL_USERS_BY_LOOK =
            "select skeleton, name, external_key, since from external_user where skeleton = any(?)";

    // ---- guests of several servers

    /** Milliseconds since the Unix epoch, of the database's clock. */
    private static final String NOW = "(extract(epoch from clock_timestamp()) * 1000)::bigint";

    /** In the order of their keys, so that two servers do not wait for each other. */
    private static final String THESE_GUESTS =
            "with these as (select sender_key from guest where sender_key = any(?) order by sender_key for update) ";

    /** Whoever else has them leaves the end as it is from now on. */
    static final String TOUCH_GUESTS =
            THESE_GUESTS + "update guest g set free_at = greatest(g.free_at, " + NOW + " + ?),"
                    + " holder = case when g.holder in (0, ?) then ? end from these t"
                    + " where g.sender_key = t.sender_key and g.free_at > " + NOW
                    + " returning g.sender_key, g.name, g.secret_hash";

    static final String HOLD_GUESTS =
            THESE_GUESTS + "update guest g set free_at = greatest(g.free_at, " + NOW + " + ?),"
                    + " last_seen = null from these t where g.sender_key = t.sender_key and g.look is not null"
                    + " returning g.sender_key";

    /** Only who had them alone may bring the end nearer. */
    static final String LEAVE_GUESTS = THESE_GUESTS + "update guest g set last_seen = " + NOW
            + ", free_at = case when g.holder = ? then " + NOW + " + ? else greatest(g.free_at, " + NOW + " + ?) end,"
            + " holder = case when g.holder = ? then 0 else g.holder end"
            + " from these t where g.sender_key = t.sender_key";

    static final String FORGET_THESE_GUESTS = "delete from guest where sender_key = any(?) and free_at <= " + NOW;

    static final String FORGET_GUESTS = "delete from guest where free_at <= " + NOW;

    static final String END_GUESTS = "delete from guest where sender_key = any(?) returning sender_key";

    /** In the order of the buckets, so that two servers do not wait for each other. */
    static final String LOCK_NAMES = "select " + LOCK + "bucket) from (select distinct " + BUCKET.formatted("look")
            + " as bucket from unnest(?) n (look) order by bucket) buckets";

    static final String FREE_LOOKS = "delete from guest where look = any(?) and free_at <= " + NOW;

    static final String CLAIM_LOOKS = "insert into guest (sender_key, name, secret_hash, look, free_at, holder)"
            + " select n.key, n.name, n.hash, n.look, " + NOW + " + ?, ?"
            + " from (select unnest(?) as key, unnest(?) as name, unnest(?) as hash, unnest(?) as look) n"
            + " where not exists (select 1 from account a where a.skeleton = n.look)"
            + " and not exists (select 1 from external_user e where e.skeleton = n.look) on conflict do nothing";

    static final String CLAIMED = "select sender_key from guest where sender_key = any(?) and look = any(?)";

    static final String GUEST_OF_LOOK =
            "select sender_key from guest where look = ? and sender_key <> ? and free_at > " + NOW;

    static final String GUEST_OF_NAME = "select sender_key from guest where name = ? and free_at > " + NOW;

    /** With a minute for clocks that differ. */
    private static final String LATE = " < " + NOW + " - 60000";

    /** None whose use may be forgotten, whatever the clock of the server is that it was brought to. */
    static final String USE_TICKETS = "insert into used_ticket (id, expires)"
            + " select t.id, t.expires from unnest(?, ?) t (id, expires) where not t.expires" + LATE
            + " on conflict do nothing returning id";

    static final String FORGET_TICKETS = "delete from used_ticket where expires" + LATE;

    static final String CHECK = "select current_setting('synchronous_commit'), current_setting('server_encoding'),"
            + " current_setting('server_version_num')::integer, current_setting('server_version'),"
            + " pg_is_in_recovery() or current_setting('transaction_read_only')::boolean, current_setting('fsync'),"
            + " current_setting('default_transaction_isolation')";

    private PostgresSql() {}
}
