-- How a message of imkit is written as a stanza: the one place in the database that knows.
-- The same for the companion's own code is src/envelope.ts.

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

-- A stanza taken apart. What is not of imkit has an empty envelope and is a text.
create type companion.stanza as (
  id text,
  -- bare, as the server has stamped it
  sender text,
  body text,
  -- the id in a retraction (XEP-0424)
  retracted text,
  message_type text,
  envelope jsonb,
  content jsonb
);

create function companion.stanza_of(archived archive) returns companion.stanza
  language plpgsql stable as $$
declare
  stanza companion.stanza;
  json text;
begin
  select
    part.id, split_part(part.sender, '/', 1), part.body, part.retracted, part.json
  into stanza.id, stanza.sender, stanza.body, stanza.retracted, json
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
    stanza.envelope := json::jsonb;
  exception when others then
    stanza.envelope := null;
  end;
  if jsonb_typeof(stanza.envelope) is distinct from 'object' then
    stanza.envelope := '{}';
  end if;
  stanza.message_type := stanza.envelope ->> 'messageType';
  if stanza.message_type is null and stanza.body is not null then
    stanza.message_type := 'RC:TxtMsg';
    stanza.content := jsonb_build_object('content', stanza.body);
  elsif jsonb_typeof(stanza.envelope -> 'content') = 'object' then
    stanza.content := stanza.envelope -> 'content';
  else
    stanza.content := '{}';
  end if;
  return stanza;
end
$$;

-- @returns null for what is not imkit's and shows nothing: markers, states of chats, subjects
create function companion.message_of(archived archive, stanza companion.stanza)
  returns companion.message
  language plpgsql stable as $$
declare
  message companion.message;
begin
  if stanza.message_type is null and stanza.retracted is null then
    return null;
  end if;
  message.archive_row := archived.id;
  message.server_host := archived.server_host;
  message.owner := archived.username;
  message.place := archived.timestamp;
  message.message_id := coalesce(stanza.id, archived.origin_id, '');
  message.message_type := coalesce(stanza.message_type, 'retract');
  if archived.kind = 'groupchat' then
    message.conversation := archived.username;
    message.sender := archived.bare_peer;
  else
    message.conversation := archived.bare_peer;
    message.sender := stanza.sender;
  end if;
  message.kind := case when stanza.retracted is null
    then companion.kind_of(stanza.message_type) else 'operation' end;
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
  if message.kind = 'operation' then
    message.targets := coalesce(companion.targets_of(stanza.content), array[stanza.retracted]);
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
