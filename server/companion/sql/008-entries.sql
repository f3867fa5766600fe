-- When users came into groups, by the notices that say so: what was said before is not for them. The
-- subscription of who was invited comes later than the notice, when their client has seen it.
--
-- Any member can write such a notice. Who has an entry keeps it, so that nobody hides from others what
-- they could read; a later one is believed from the owner alone, who was the first to speak there.

create table companion.entry (
  room text not null,
  address text not null,
  place bigint not null,
  primary key (room, address)
);

create function companion.note_entries(notice companion.message, content jsonb) returns void
  language plpgsql as $$
declare
  data jsonb;
begin
  if notice.owner <> notice.conversation
    or coalesce(content ->> 'operation', '') not in ('Create', 'Add')
  then
    return;
  end if;
  begin
    data := (content ->> 'data')::jsonb;
  exception when others then
    data := '{}';
  end;
  insert into companion.entry (room, address, place)
  select notice.conversation, entered.address, notice.place from (
    select companion.name_of_id(id) || '@' || notice.server_host as address
    from unnest(companion.texts(data -> 'targetUserIds')) as id
    where length(id) between 1 and 512
    union
    select notice.sender where content ->> 'operation' = 'Create'
  ) as entered
  on conflict (room, address) do update set place = greatest(entry.place, excluded.place)
    where notice.sender = (
      select first.sender from companion.message as first
      where first.owner = notice.conversation and first.conversation = notice.conversation
        and first.message_type = 'RC:GrpNtf'
      order by first.place limit 1
    );
end
$$;

create or replace function companion.index_archived(archived archive) returns void
  language plpgsql as $$
declare
  stanza companion.stanza := companion.stanza_of(archived);
  message companion.message := companion.message_of(archived, stanza);
begin
  if message.archive_row is null then
    return;
  end if;
  insert into companion.message select message.* on conflict do nothing;
  if message.message_type = 'RC:RcCmd' and message.kind = 'operation' then
    perform companion.apply_recall(message, stanza);
  elsif message.message_type = 'IK:EditMsg' and message.kind = 'operation' then
    perform companion.apply_edit(message, stanza);
  elsif message.message_type = 'IK:DelMsg' and stanza.envelope ->> 'audience' = 'self' then
    perform companion.apply_removal(message, stanza.content);
  elsif message.message_type = 'RC:GrpNtf' then
    perform companion.note_entries(message, stanza.content);
  elsif archived.kind = 'groupchat' and message.is_counted
    and companion.has_push_subscribers(message.conversation)
  then
    perform pg_notify('companion_group_message', message.conversation);
  end if;
end
$$;

-- What had been archived before.
do $$
declare
  archived archive;
begin
  for archived in
    select archive.* from archive
    join companion.message on message.archive_row = archive.id
    where message.message_type = 'RC:GrpNtf' and message.owner = message.conversation
    order by archive.id
  loop
    perform companion.index_archived(archived);
  end loop;
end
$$;
