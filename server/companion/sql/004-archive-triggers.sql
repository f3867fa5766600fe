-- Marks what was taken back. Its author's server may already have removed it from the archive: then
-- only the operation tells what had been there.
create function companion.apply_recall(recall companion.message, stanza companion.stanza)
  returns void
  language plpgsql as $$
declare
  target text := stanza.content ->> 'messageUId';
  remains jsonb := stanza.envelope -> 'remains';
  author text;
  is_of_admin boolean := coalesce(stanza.content -> 'isAdmin' = 'true', false) and exists (
    select from muc_room
    where name = split_part(recall.conversation, '@', 1)
      and host = split_part(recall.conversation, '@', 2)
      and companion.affiliation(opts, recall.sender) in ('owner', 'admin')
  );
begin
  if stanza.content -> 'isDelete' = 'true' then
    delete from companion.message
    where server_host = recall.server_host and owner = recall.owner
      and conversation = recall.conversation and message_id = target and kind = 'message'
      and (sender = recall.sender or is_of_admin);
    return;
  end if;
  update companion.message
  set recalled_by = recall.archive_row, is_counted = false, words = null, mentioned = null
  where server_host = recall.server_host and owner = recall.owner
    and conversation = recall.conversation and message_id = target and kind = 'message'
    and (sender = recall.sender or is_of_admin);
  author := companion.name_of_id(stanza.content ->> 'senderUserId') || '@' || recall.server_host;
  if not found and remains ->> 'order' ~ '^\d{16}$' and (remains ->> 'order')::bigint < recall.place
    and (author = recall.sender or is_of_admin)
  then
    insert into companion.message (
      archive_row, server_host, owner, conversation, place, sender, message_id, message_type, kind,
      directed, recalled_by
    ) values (
      -- No row of the archive has such a number.
      -recall.archive_row, recall.server_host, recall.owner, recall.conversation,
      (remains ->> 'order')::bigint, author, target, coalesce(remains ->> 'messageType', ''),
      'message', recall.directed, recall.archive_row
    ) on conflict do nothing;
  end if;
end
$$;

-- Keeps what somebody has removed for themselves.
create function companion.apply_removal(note companion.message, content jsonb) returns void
  language plpgsql as $$
begin
  insert into companion.removed_message (address, conversation, sender, message_id)
  select note.sender, note.conversation,
    companion.name_of_id(removed ->> 'senderUserId') || '@' || note.server_host,
    removed ->> 'messageUId'
  from jsonb_path_query(content, 'lax $.messages[*]') as removed
  where length(removed ->> 'senderUserId') between 1 and 512
    and length(removed ->> 'messageUId') between 1 and 512
  on conflict do nothing;
  if content ->> 'before' ~ '^\d{16}$' then
    insert into companion.cleared_conversation (address, conversation, place)
    values (note.sender, note.conversation, (content ->> 'before')::bigint)
    on conflict (address, conversation) do update
      set place = greatest(cleared_conversation.place, excluded.place);
  end if;
end
$$;

-- ejabberd does not push what is said in groups; the companion does.
create function companion.has_push_subscribers(room_address text) returns boolean
  language plpgsql stable as $$
begin
  return exists (
    select from companion.push_subscription as subscription
    join muc_room_subscribers as member on member.jid = subscription.address
    where member.room = split_part(room_address, '@', 1)
      and member.host = split_part(room_address, '@', 2)
  );
end
$$;

create function companion.index_archived(archived archive) returns void
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
  elsif message.message_type = 'IK:DelMsg' and stanza.envelope ->> 'audience' = 'self' then
    perform companion.apply_removal(message, stanza.content);
  elsif archived.kind = 'groupchat' and message.is_counted
    and companion.has_push_subscribers(message.conversation)
  then
    perform pg_notify('companion_group_message', message.conversation);
  end if;
end
$$;

-- Runs within ejabberd's own transaction and with the rights of the companion. Whatever goes wrong
-- here, the message is archived.
create function companion.note_archived() returns trigger
  language plpgsql security definer set search_path from current as $$
begin
  perform companion.index_archived(new);
  return null;
exception when others then
  raise warning 'companion: archive row % is not indexed: %', new.id, sqlerrm;
  return null;
end
$$;

create trigger companion_archived after insert on archive
  for each row execute function companion.note_archived();

create function companion.note_removed() returns trigger
  language plpgsql security definer set search_path from current as $$
begin
  delete from companion.message
  where archive_row in (select id from removed) and recalled_by is null;
  -- With the recall goes what was left where the message had been.
  delete from companion.message where recalled_by in (select id from removed);
  return null;
end
$$;

create trigger companion_removed after delete on archive
  referencing old table as removed
  for each statement execute function companion.note_removed();

-- What had been archived before. A row that can't be read is left out, as the trigger would.
do $$
declare
  archived archive;
begin
  for archived in select * from archive order by id loop
    begin
      perform companion.index_archived(archived);
    exception when others then
      raise warning 'companion: archive row % is not indexed: %', archived.id, sqlerrm;
    end;
  end loop;
end
$$;
