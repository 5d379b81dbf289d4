-- Who may not come in, and who said so. A ban that is lifted or over is deleted; the audit is never.

create table ban (
    id integer primary key autoincrement, -- never given twice
    user_key text unique, -- of a user; null of an address
    user_name text,
    guest integer not null, -- whether the user was a guest
    network text unique, -- of an address, in CIDR notation; null of a user
    reason text not null,
    created integer not null, -- milliseconds
    until integer, -- milliseconds; null until it is lifted
    made_by text not null, -- the admin's name
    check ((user_key is null) <> (network is null)),
    check ((user_key is null) = (user_name is null))
);

create table audit (
    id integer primary key autoincrement,
    at integer not null, -- milliseconds
    actor_key text not null,
    actor_name text not null, -- as it was then
    act text not null, -- kick, ban, lift
    object text not null, -- a name, or a network in CIDR notation
    object_key text, -- the key of a user; null of an address
    reason text not null,
    until integer, -- milliseconds; null for no end
    ban integer -- ban.id, which may be gone; null of a kick
);
