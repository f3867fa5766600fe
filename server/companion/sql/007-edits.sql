-- Edits and reactions are operations on a message: no lines of their own, and an edited message is
-- found by what it says now.

create or replace function companion.kind_of(message_type text) returns text
  language sql immutable parallel safe
  return case
    when message_type = 'RC:ReadNtf' then 'receipt'
    when message_type in (
      'RC:RcCmd', 'RC:MsgExMsg', 'RC:RRReqMsg', 'RC:RRRspMsg', 'IK:DelMsg', 'IK:EditMsg',
      'IK:ReactMsg'
    )
    then 'operation'
    else 'message'
  end;

-- As before, and what other programs correct (XEP-0308) is an edit.
create or replace function companion.stanza_of(archived archive) returns companion.stanza
  language plpgsql stable as $$
declare
  stanza companion.stanza;
  json text;
  retracts boolean;
  corrected text;
begin
  select part.id, part.sender, part.body, part.json, part.retracted is not null, part.corrected
  into stanza.id, stanza.sender, stanza.body, json, retracts, corrected
  from xmltable(
    xmlnamespaces(
      'jabber:client' as c, 'urn:xmpp:json:0' as j, 'urn:xmpp:message-retract:1' as r,
      'urn:xmpp:message-correct:0' as e
    ),
    '/c:message' passing (archived.xml::xml)
    columns
      id text path '@id',
      sender text path '@from',
      json text path 'j:json[1]',
      body text path 'c:body[1]',
      retracted text path 'r:retract[1]/@id',
      corrected text path 'e:replace[1]/@id'
  ) as part;
  begin
    stanza.envelope := json::jsonb -> 'imkit';
  exception when others then
    stanza.envelope := null;
  end;
  if jsonb_typeof(stanza.envelope -> 'messageUId') = 'string'
    and jsonb_typeof(stanza.envelope -> 'messageType') = 'string'
  then
    stanza.id := stanza.envelope ->> 'messageUId';
    stanza.message_type := stanza.envelope ->> 'messageType';
    stanza.content := case when jsonb_typeof(stanza.envelope -> 'content') = 'object'
      then stanza.envelope -> 'content' else '{}' end;
    return stanza;
  end if;
  stanza.envelope := '{}';
  stanza.content := jsonb_build_object('content', stanza.body);
  -- Beside a retraction stands a text that says so to those who do not know what it is.
  if stanza.body <> '' and not retracts then
    stanza.message_type := 'RC:TxtMsg';
  end if;
  if stanza.message_type is not null and corrected <> '' then
    stanza.message_type := 'IK:EditMsg';
    stanza.content := jsonb_build_object('messageUId', corrected, 'content', stanza.content);
  end if;
  return stanza;
end
$$;

-- The author's word for what a message says, until it is taken back.
create function companion.apply_edit(edit companion.message, stanza companion.stanza)
  returns void
  language plpgsql as $$
begin
  update companion.message
  set words = companion.folded(left(companion.searched_text(
    message.message_type, coalesce(stanza.content -> 'content', '{}'), stanza.body
  ), 4000))
  where server_host = edit.server_host and owner = edit.owner
    and conversation = edit.conversation and message_id = stanza.content ->> 'messageUId'
    and sender = edit.sender and kind = 'message' and recalled_by is null;
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
  elsif archived.kind = 'groupchat' and message.is_counted
    and companion.has_push_subscribers(message.conversation)
  then
    perform pg_notify('companion_group_message', message.conversation);
  end if;
end
$$;

-- What had been taken for lines of a conversation until now.
do $$
declare
  archived archive;
begin
  for archived in
    select archive.* from archive
    join companion.message on message.archive_row = archive.id
    where message.kind = 'message' and (
      message.message_type in ('IK:EditMsg', 'IK:ReactMsg')
      or archive.xml like '%urn:xmpp:message-correct:0%'
    )
    order by archive.id
  loop
    delete from companion.message where archive_row = archived.id;
    begin
      perform companion.index_archived(archived);
    exception when others then
      raise warning 'companion: archive row % is not indexed: %', archived.id, sqlerrm;
    end;
  end loop;
end
$$;
