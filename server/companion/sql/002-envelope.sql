-- How a message of imkit is written as a stanza: the one place of the companion that knows.
-- `src/backends/xmpp/envelope.ts` of imkit writes them.

-- The text that search looks into, by type. Types that are not known are searched by the plain text
-- beside them, which is what other programs show.
create function companion.searched_text(message_type text, content jsonb, body text) returns text
  language sql immutable parallel safe
  return case message_type
    when 'RC:TxtMsg' then content ->> 'content'
    when 'RC:ReferenceMsg' then content ->> 'content'
    when 'RC:FileMsg' then content ->> 'name'
    when 'RC:SightMsg' then content ->> 'name'
    when 'RC:LBSMsg' then content ->> 'poi'
    when 'RC:ImgTextMsg' then concat_ws(E'\n', content ->> 'title', content ->> 'content')
    when 'RC:CombineV2Msg' then
      concat_ws(E'\n', content ->> 'title', content ->> 'summaryList')
    else case when message_type like 'RC:%' then null else body end
  end;

create function companion.kind_of(message_type text) returns text
  language sql immutable parallel safe
  return case
    when message_type = 'RC:ReadNtf' then 'receipt'
    when message_type in ('RC:RcCmd', 'RC:MsgExMsg', 'RC:RRReqMsg', 'RC:RRRspMsg', 'IK:DelMsg')
    then 'operation'
    else 'message'
  end;

create function companion.texts(list jsonb) returns text[]
  language sql immutable parallel safe
  return case when jsonb_typeof(list) = 'array'
    then array(select jsonb_array_elements_text(list)) end;

create function companion.names(object jsonb) returns text[]
  language sql immutable parallel safe
  return case when jsonb_typeof(object) = 'object'
    then array(select jsonb_object_keys(object)) else '{}' end;

-- Ids of the messages an operation names, wherever its type keeps them.
create function companion.targets_of(content jsonb) returns text[]
  language sql immutable parallel safe
  return nullif(array(
    select content ->> 'messageUId' where content ? 'messageUId'
    union
    select id #>> '{}' from jsonb_path_query(content, 'lax $.receiptMessageDic.*[*]') as id
    union
    select id #>> '{}' from jsonb_path_query(content, 'lax $.messages[*].messageUId') as id
  ), '{}');

-- The part of an address before the @, for an id of the application: src/addresses.ts has the same.
create function companion.name_of_id(id text) returns text
  language sql immutable parallel safe
  return (
    select coalesce(string_agg(
      case when letter collate "C" ~ '[a-z0-9._~-]' then letter
        else regexp_replace(encode(convert_to(letter, 'UTF8'), 'hex'), '..', '\\\&', 'g') end,
      '' order by place
    ), '')
    from regexp_split_to_table(id, '') with ordinality as letters (letter, place)
  );

-- A stanza taken apart. What is not of imkit is a text, and has an empty envelope.
create type companion.stanza as (
  id text,
  -- as the server has stamped it, with the resource
  sender text,
  body text,
  message_type text,
  envelope jsonb,
  content jsonb
);

create function companion.stanza_of(archived archive) returns companion.stanza
  language plpgsql stable as $$
declare
  stanza companion.stanza;
  json text;
  retracts boolean;
begin
  select part.id, part.sender, part.body, part.json, part.retracted is not null
  into stanza.id, stanza.sender, stanza.body, json, retracts
  from xmltable(
    xmlnamespaces('jabber:client' as c, 'urn:xmpp:json:0' as j, 'urn:xmpp:message-retract:1' as r),
    '/c:message' passing (archived.xml::xml)
    columns
      id text path '@id',
      sender text path '@from',
      json text path 'j:json[1]',
      body text path 'c:body[1]',
      retracted text path 'r:retract[1]/@id'
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
  return stanza;
end
$$;

-- Users tell their own devices what they have done to a conversation: by messages to an address of
-- their own, which name the conversation themselves.
create function companion.noted_conversation(note jsonb, domain text) returns text
  language sql stable parallel safe
  return case note ->> 'conversationType'
    when '1' then companion.name_of_id(note ->> 'targetId') || '@' || domain
    when '3' then (
      select room.name || '@' || room.host from muc_room as room
      where room.name = companion.name_of_id(note ->> 'targetId') and room.server_host = domain
      limit 1
    )
    when '6' then domain || '/' || companion.name_of_id(note ->> 'targetId')
  end;

create function companion.is_room(address text) returns boolean
  language sql stable parallel safe
  return exists (
    select from muc_room
    where name = split_part(address, '@', 1) and host = split_part(address, '@', 2)
  );

-- @returns null for what is not imkit's and shows nothing: markers, states of chats, subjects
create function companion.message_of(archived archive, stanza companion.stanza)
  returns companion.message
  language plpgsql stable as $$
declare
  message companion.message;
  is_note boolean := coalesce(stanza.envelope ->> 'audience' = 'self', false);
  is_to_self boolean := archived.bare_peer = archived.username || '@' || archived.server_host;
begin
  if stanza.message_type is null or (is_note and not is_to_self) or length(stanza.id) > 512 then
    return null;
  end if;
  -- What is said in a room to some alone the server archives as whispers of that room
  -- (server/ejabberd-modules/mod_imkit_places.erl).
  if archived.bare_peer not like '%@' || archived.server_host then
    archived.bare_peer := replace(archived.bare_peer, '@whispers.', '@');
  end if;
  message.archive_row := archived.id;
  message.server_host := archived.server_host;
  message.owner := archived.username;
  message.place := archived.timestamp;
  message.message_id := coalesce(stanza.id, archived.origin_id, '');
  message.message_type := stanza.message_type;
  if archived.kind = 'groupchat' then
    message.conversation := archived.username;
    message.sender := archived.bare_peer;
  elsif is_note then
    message.conversation := companion.noted_conversation(
      stanza.envelope -> 'note', archived.server_host
    );
    message.sender := archived.bare_peer;
  else
    -- The server itself speaks with several voices.
    message.conversation := case when position('@' in archived.bare_peer) > 0
      then archived.bare_peer else archived.peer end;
    -- Who says something in a room to some alone is known there by a nickname, which is the name.
    message.sender := case
      when split_part(stanza.sender, '/', 1) <> archived.bare_peer
      then split_part(stanza.sender, '/', 1)
      when companion.is_room(archived.bare_peer)
      then substr(stanza.sender, length(archived.bare_peer) + 2) || '@' || archived.server_host
      when position('@' in archived.bare_peer) > 0 then archived.bare_peer
      else stanza.sender
    end;
  end if;
  if message.conversation is null then
    return null;
  end if;

  message.kind := case when is_note then 'operation' else companion.kind_of(stanza.message_type) end;
  message.is_counted := message.kind = 'message'
    and coalesce(stanza.envelope -> 'isCounted' <> 'false', true);
  message.directed := case
    -- Who has read what is for those who wrote it.
    when stanza.message_type = 'RC:RRRspMsg'
    then companion.names(stanza.content -> 'receiptMessageDic')
    else nullif(companion.texts(stanza.envelope -> 'directedUserIds'), '{}')
  end;
  if stanza.envelope -> 'isMentioned' = 'true' then
    message.mentioned := case
      when stanza.content #>> '{mentionedInfo,type}' = '1' then array['*']
      else companion.texts(stanza.content #> '{mentionedInfo,userIdList}')
    end;
  end if;
  if message.kind = 'operation' and not is_note then
    message.targets := companion.targets_of(stanza.content);
  end if;
  if message.kind = 'message' then
    -- No more than this is searched: nobody makes the index as large as they like.
    message.words := companion.folded(left(
      companion.searched_text(stanza.message_type, stanza.content, stanza.body), 4000
    ));
  end if;
  return message;
end
$$;
