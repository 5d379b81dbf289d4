-- Names of people whom somebody else vouches for: the application server, or a token of another user system.

create table external_user (
    skeleton text collate "C" primary key, -- what the name looks like (Unicode TR 39): one look is one person's
    name text not null, -- in canonical form
    external_key text collate "C" not null, -- stands for the person in sender.sender_key too; of several names for one who was renamed
    since bigint not null -- milliseconds, when they came under this name for the first time
);
