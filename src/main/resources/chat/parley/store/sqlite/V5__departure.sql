-- Whose account was deleted, until every room has been looked at for what they said.

create table departure (
    sender_key text primary key,
    name text not null, -- what they are called from now on
    erases integer not null, -- whether what they said is emptied
    since integer not null, -- milliseconds
    room integer not null, -- the key of the room that is looked at; those below it are done
    id text not null -- in that room, what they said is done up to this id
) without rowid;

-- The guest who became the account: what was said as the one goes with what was said as the other.
alter table account add column guest_key text;
