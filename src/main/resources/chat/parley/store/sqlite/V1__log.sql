-- The log of every room, and who spoke. Numbers of a room are 1, 2, 3 ... without holes; a message is stored once for
-- each (room, sender, id). References are for readers: one class writes, and checking them costs a tenth of an append.

create table store (
    only_row integer primary key check (only_row = 1),
    epoch text not null, -- which log the numbers belong to; never changes by itself
    probed_at integer not null -- milliseconds; written to find out whether writing works
);

insert into store (only_row, epoch, probed_at) values (1, lower(hex(randomblob(16))), 0);

create table room (
    id integer primary key,
    name text not null unique,
    head integer not null, -- the highest number given; 0 before the first
    first integer not null, -- the lowest number still here; head + 1 when none is
    last_timestamp integer not null -- milliseconds, of the message at the head
);

create table sender (
    id integer primary key,
    sender_key text not null unique, -- one an account or guest session
    name text not null,
    guest integer not null
);

create table message (
    room integer not null references room (id),
    seq integer not null,
    type text not null,
    id text not null,
    sender integer not null references sender (id),
    digest blob not null, -- SHA-256 of what was asked: tells a resend from another request
    content text not null,
    timestamp integer not null, -- milliseconds; never decreases within a room
    primary key (room, seq),
    unique (room, sender, id)
) without rowid;

create table guest (
    sender_key text primary key,
    name text not null,
    secret_hash blob not null,
    last_seen integer -- milliseconds, when the last connection closed; null while one is open
) without rowid;
