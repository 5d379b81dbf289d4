-- What several servers over this database have to agree on: what one changed of what the others hold in memory, whose name
-- a guest's is, and which tickets were used.

-- The numbers of the journal follow the order of the commits, without holes: each is given last in its transaction, under a
-- lock of this row, which is held until the commit.
create table journal_head (
    only_row integer primary key check (only_row = 1),
    last bigint not null
) with (fillfactor = 50);

insert into journal_head values (1, 0);

create table journal (
    id bigint primary key,
    at timestamptz not null default clock_timestamp(), -- of this clock alone: rows are deleted by their age
    kind text not null,
    key text collate "C" not null -- finds the row that changed, which is to be read anew
);

create index journal_by_age on journal (at);

-- A name is its guest's until free_at, in milliseconds of this database's clock; the servers that have the guest put it off.
-- The look is null for who was a guest before there was this column.
alter table guest add column look text collate "C";
alter table guest add column free_at bigint;
alter table guest add column holder bigint; -- the server that has the guest; null when several may
alter table guest set (fillfactor = 70); -- free_at changes often
create unique index guest_look on guest (look);

create table used_ticket (
    id text collate "C" primary key,
    expires bigint not null -- milliseconds; it opens nothing after that anyway
);
