-- Who has an account, which sessions are open, and what short tokens are signed with. Guests stay in their own table.

create table account (
    account_key text collate "C" primary key, -- stands for the person in sender.sender_key too
    name text collate "C" not null unique, -- in canonical form, as it is shown
    skeleton text collate "C" not null unique, -- what the name looks like (Unicode TR 39)
    password_hash text not null, -- as a PHC string; empty once the account is gone
    created bigint not null, -- milliseconds
    tombstoned bigint -- milliseconds, when the account was deleted; its name and look stay taken
);

create table session (
    session_key text collate "C" primary key, -- finds it; no secret
    secret_hash bytea not null, -- SHA-256 of the secret that the browser holds
    account_key text collate "C" not null, -- account.account_key
    created bigint not null, -- milliseconds
    expires bigint not null, -- milliseconds
    revoked bigint -- milliseconds, when it was ended before its time
);

create index session_of_account on session (account_key);

create table signing_key (
    key_id text collate "C" primary key,
    secret bytea not null, -- as it is: it has to sign. Whoever reads this table can sign for sessions that are open
    created bigint not null, -- milliseconds
    retired bigint -- milliseconds, when another one took its place
);
