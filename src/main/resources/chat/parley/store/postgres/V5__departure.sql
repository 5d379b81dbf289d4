-- Whose account was deleted, until every room has been looked at for what they said.

create table departure (
    sender_key text collate "C" primary key,
    name text not null, -- what they are called from now on
    erases integer not null, -- whether what they said is emptied
    since bigint not null, -- milliseconds
    room bigint not null, -- the key of the room that is looked at; those below it are done
    id text collate "C" not null -- in that room, what they said is done up to this id
);

-- The guest who became the account: what was said as the one goes with what was said as the other.
alter table account add column guest_key text collate "C";
