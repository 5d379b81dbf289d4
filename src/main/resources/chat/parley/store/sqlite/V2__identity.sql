-- Who has an account, which sessions are open, and what short tokens are signed with. Guests stay in their own table.

create table account (
    account_key text primary key, -- stands for the person in sender.sender_key too
    name text not null unique, -- in canonical form, as it is shown
    skeleton text not null unique, -- what the name looks like (Unicode TR 39)
    password_hash text not null, -- as a PHC string; empty once the account is gone
    created integer not null, -- milliseconds
    tombstoned integer -- milliseconds, when the account was deleted; its name and look stay taken
) without rowid;

create table session (
    session_key text primary key, -- finds it; no secret
    secret_hash blob not null, -- SHA-256 of the secret that the browser holds
    account_key text not null references account (account_key),
    created integer not null, -- milliseconds
    expires integer not null, -- milliseconds
    revoked integer -- milliseconds, when it was ended before its time
) without rowid;

create index session_of_account on session (account_key);

create table signing_key (
    key_id text primary key,
    secret blob not null, -- as it is: it has to sign. Whoever reads this file can sign for sessions that are open
    created integer not null, -- milliseconds
    retired integer -- milliseconds, when another one took its place
) without rowid;
