package chat.parley.store;

/**
 * Every statement of the {@link JdbcStore}; what a database wants otherwise is in its {@link Dialect}. Columns are read
 * by their place.
 */
final class Sql {

    static final String EPOCH = "select epoch from store";

    static final String SET_EPOCH = "update store set epoch = ?";

    static final String PROBE = "update store set probed_at = ?";

    // ---- appending

    /** The type of the only log event there is today. */
    static final String MESSAGE_TYPE = "message";

    static final String ROOM_TO_APPEND = "select id, head, first, last_timestamp from room where name = ?";

    static final String ADD_ROOM =
            "insert into room (name, head, first, last_timestamp) values (?, 0, 1, 0) on conflict (name) do nothing";

    static final String MOVE_HEAD = "update room set head = ?, last_timestamp = ? where id = ?";

    static final String ADD_SENDER = "insert into sender (sender_key, name, guest) values (?, ?, ?)"
            + " on conflict (sender_key) do update set name = excluded.name, guest = excluded.guest returning id";

    static final String ADD_MESSAGE = "insert into message (room, seq, type, id, sender, digest, content, timestamp)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (room, sender, id) do nothing";

    static final String KNOWN_MESSAGE =
            "select seq, content, timestamp, digest from message where room = ? and sender = ? and id = ?";

    // ---- reading

    static final String ROOM = "select id, head, first from room where name = ?";

    private static final String MESSAGES = "select m.seq, s.sender_key, s.name, s.guest, m.id, m.content, m.timestamp"
            + " from message m join sender s on s.id = m.sender where m.room = ? and m.seq > ? and m.seq < ?";

    static final String MESSAGES_UP = MESSAGES + " order by m.seq limit ?";

    static final String MESSAGES_DOWN = MESSAGES + " order by m.seq desc limit ?";

    /** Reads all rooms, as no index orders them: each append would pay for it. */
    static final String ROOMS_BY_NEWEST = "select name from room where head > 0 order by last_timestamp desc limit ?";

    // ---- retention

    static final String ROOMS_WITH_MESSAGES =
            "select id, name, first from room where id > ? and first <= head order by id limit ?";

    /** The highest of so many oldest messages of a room that is older than a time; null when none is. */
    static final String LAST_EXPIRED = "select max(seq) from (select seq, timestamp from message where room = ?"
            + " order by seq limit ?) oldest where timestamp < ?";

    static final String DELETE_UP_TO = "delete from message where room = ? and seq <= ?";

    static final String FIRST = "select first from room where id = ?";

    static final String MOVE_FIRST = "update room set first = ? where id = ?";

    // ---- guests

    static final String GUESTS = "select sender_key, name, secret_hash, last_seen from guest";

    static final String SAVE_GUEST = "insert into guest (sender_key, name, secret_hash, last_seen) values (?, ?, ?, ?)"
            + " on conflict (sender_key) do update set name = excluded.name, secret_hash = excluded.secret_hash,"
            + " last_seen = excluded.last_seen";

    static final String FORGET_GUEST = "delete from guest where sender_key = ?";

    // ---- accounts, sessions, signing keys

    static final String ACCOUNTS = "select account_key, name, skeleton, '', created, tombstoned from account"
            + " where account_key > ? order by account_key limit ?";

    static final String ACCOUNT =
            "select account_key, name, skeleton, password_hash, created, tombstoned from account where name = ?";

    static final String ADD_ACCOUNT = "insert into account (account_key, name, skeleton, password_hash, created)"
            + " select ?, ?, ?, ?, ? where not exists (select 1 from external_user where skeleton = ?)"
            + " on conflict do nothing";

    static final String SET_PASSWORD = "update account set password_hash = ?"
            + " where account_key = ? and password_hash = ? and tombstoned is null";

    static final String PASSWORD_HOLDS =
            "select 1 from account where account_key = ? and password_hash = ? and tombstoned is null";

    static final String TOMBSTONE =
            "update account set tombstoned = ?, password_hash = '' where account_key = ? and tombstoned is null";

    static final String RENAME_SENDER = "update sender set name = ? where sender_key = ?";

    static final String ADD_DEPARTURE =
            "insert into departure (sender_key, name, erases, since, room, id) values (?, ?, ?, ?, 0, '')";

    static final String SET_GUEST = "update account set guest_key = ? where account_key = ?";

    static final String RENAME_GUEST =
            "update sender set name = ? where sender_key = (select guest_key from account where account_key = ?)";

    static final String ADD_GUEST_DEPARTURE = "insert into departure (sender_key, name, erases, since, room, id)"
            + " select guest_key, ?, ?, ?, 0, '' from account where account_key = ? and guest_key is not null";

    static final String NEXT_DEPARTURE =
            "select sender_key, erases, room, id from departure where since < ? order by since limit 1";

    static final String RENAME_DEPARTED =
            "update sender set name = (select name from departure where sender_key = ?)" + " where sender_key = ?";

    static final String MOVE_DEPARTURE = "update departure set room = ?, id = ? where sender_key = ?";

    static final String FORGET_DEPARTURE = "delete from departure where sender_key = ?";

    static final String ROOMS_FROM = "select id, name from room where id >= ? order by id limit ?";

    static final String SAID_BY = "select m.seq, m.id from sender s join message m on m.sender = s.id"
            + " where m.room = ? and s.sender_key = ? and m.id > ? order by m.id limit ?";

    /** Also what tells a resend from another request: a short text can be guessed from its digest. */
    static final String EMPTY_MESSAGE = "update message set content = '', digest = ? where room = ? and seq = ?";

    static final String SESSIONS = "select session_key, secret_hash, account_key, created, expires from session"
            + " where session_key > ? and expires > ? and revoked is null order by session_key limit ?";

    static final String ADD_SESSION =
            "insert into session (session_key, secret_hash, account_key, created, expires)" + " values (?, ?, ?, ?, ?)";

    static final String REVOKE = "update session set revoked = ? where session_key = ? and revoked is null";

    static final String REVOKE_ALL = "update session set revoked = ? where account_key = ? and revoked is null";

    static final String FORGET_SESSIONS = "delete from session where expires < ? or revoked < ?";

    static final String EXTERNAL_USERS = "select skeleton, name, external_key, since from external_user"
            + " where skeleton > ? order by skeleton limit ?";

    static final String KEEP_EXTERNAL_USER = "insert into external_user (skeleton, name, external_key, since)"
            + " select ?, ?, ?, ? where not exists (select 1 from account where skeleton = ?) on conflict do nothing";

    static final String EXTERNAL_USER_HOLDS = "select 1 from external_user where skeleton = ? and external_key = ?";

    static final String SIGNING_KEYS = "select key_id, secret, created, retired from signing_key";

    static final String RETIRE_KEYS = "update signing_key set retired = ? where retired is null";

    static final String ADD_SIGNING_KEY = "insert into signing_key (key_id, secret, created) values (?, ?, ?)";

    static final String FORGET_KEYS = "delete from signing_key where retired < ?";

    // ---- moderation

    static final String BANS =
            "select id, user_key, user_name, guest, network, reason, created, until, made_by" + " from ban order by id";

    static final String REPLACE_BAN = "delete from ban where user_key = ? or network = ?";

    static final String ADD_BAN =
            "insert into ban (user_key, user_name, guest, network, reason, created, until, made_by)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?) returning id";

    static final String LIFT_BAN = "delete from ban where id = ?";

    static final String FORGET_BANS = "delete from ban where until < ?";

    static final String ADD_ACT =
            "insert into audit (at, actor_key, actor_name, act, object, object_key, reason, until, ban)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?) returning id";

    static final String BAN =
            "select id, user_key, user_name, guest, network, reason, created, until, made_by from ban where id = ?";

    static final String ACT = "select id, at, actor_key, actor_name, act, object, object_key, reason, until, ban"
            + " from audit where id = ?";

    static final String SESSION_ACCOUNT = "select account_key from session where session_key = ?";

    static final String ACTS = "select id, at, actor_key, actor_name, act, object, object_key, reason, until, ban"
            + " from audit where id < ? order by id desc limit ?";

    private Sql() {}
}
