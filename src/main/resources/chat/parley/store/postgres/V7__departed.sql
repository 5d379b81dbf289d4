-- Whose account was deleted, for good: a server that was paused may store what they said minutes later, under the old name.

lock table store in access exclusive mode; -- which every append looks at first

create table departed (
    sender_key text collate "C" primary key,
    name text not null, -- what they are called from then on
    erases integer not null -- whether what they said is emptied
);

-- Called for each author whom an append finds new, or under another name. Of one who is gone the name stays as it is, and
-- the farewell begins anew, at once: what is about to be stored is seen by nobody before. The row of farewells is locked
-- before the sender, as by whoever carries it out.
create function keep_departed_1() returns trigger language plpgsql as $$
declare
    gone departed%rowtype;
begin
    select * into gone from departed d where d.sender_key = new.sender_key;
    if found then
        new.name := gone.name;
        insert into departure (sender_key, name, erases, since, room, id)
            values (gone.sender_key, gone.name, gone.erases, 0, 0, '')
            on conflict (sender_key) do update set room = 0, id = '';
    end if;
    return new;
end
$$;

create trigger keep_departed before insert on sender for each row execute function keep_departed_1();

create function note_departed_1() returns trigger language plpgsql as $$
begin
    insert into departed (sender_key, name, erases) values (new.sender_key, new.name, new.erases) on conflict do nothing;
    return null;
end
$$;

create trigger note_departed after insert on departure for each row execute function note_departed_1();

insert into departed select sender_key, name, erases from departure;
