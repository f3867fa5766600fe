-- Takes a recalled message out of counts and search. The archive's own copy is ejabberd's business.
create function companion.apply_recall(recall companion.message, content jsonb) returns void
  language plpgsql as $$
declare
  is_of_admin boolean := coalesce(content -> 'isAdmin' = 'true', false) and exists (
    select from muc_room
    where name || '@' || host = recall.owner
      and companion.affiliation(opts, recall.sender) in ('owner', 'admin')
  );
begin
  update companion.message
  set
    kind = case when content -> 'isDelete' = 'true' then 'gone' else kind end,
    is_counted = false,
    words = null
  where server_host = recall.server_host
    and owner = recall.owner
    and conversation = recall.conversation
    and message_id = content ->> 'messageUId'
    and kind = 'message'
    and (sender = recall.sender or is_of_admin);
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
  if message.message_type = 'RC:RcCmd' then
    perform companion.apply_recall(message, stanza.content);
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
  delete from companion.message where archive_row in (select id from removed);
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
