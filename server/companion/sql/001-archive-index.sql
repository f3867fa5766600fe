-- What ejabberd archives as text, taken apart into columns that can be counted and searched. A
-- trigger keeps it in step, so that it is exact whether or not the companion runs.

create extension if not exists pg_trgm;
create extension if not exists btree_gin;

-- One row for each archived stanza that means something to imkit. It is found by the archive's own
-- key, so the text stays where it is.
create table companion.message (
  archive_row bigint primary key,
  server_host text not null,
  -- whose archive: a user's name, or a room's address
  owner text not null,
  -- the address of the other side, or of the room: also of what somebody said there to some alone,
  -- which stands in their own archives
  conversation text not null,
  -- archive.timestamp, the id in the archive: Unix microseconds
  place bigint not null,
  -- the bare address the server has stamped
  sender text not null,
  message_id text not null,
  message_type text not null,
  -- message: shown; receipt: a private read receipt; operation: changes another one
  kind text not null check (kind in ('message', 'operation', 'receipt')),
  is_counted boolean not null default false,
  -- user ids, or * for everybody
  mentioned text[],
  -- user ids; null: everybody in the conversation
  directed text[],
  -- ids of the messages an operation names
  targets text[],
  -- what is searched, folded
  words text,
  -- the row of the operation that took it back; the archive may no longer have it then
  recalled_by bigint
);

create index message_shown on companion.message (server_host, owner, conversation, place)
  where kind = 'message';
-- In everything of one archive the newest: for searches that find more than they show.
create index message_by_place on companion.message (server_host, owner, place, archive_row)
  where kind = 'message';
create index message_not_shown on companion.message (server_host, owner, conversation, place)
  where kind in ('operation', 'receipt');
-- Who sends one message to several people has several copies of it, all in one place.
create unique index message_by_id on companion.message
  (server_host, owner, message_id, conversation, sender, place);
create index message_recalled_by on companion.message (recalled_by) where recalled_by is not null;
create index message_targets on companion.message using gin (targets) where targets is not null;

-- What users have removed for themselves.
create table companion.removed_message (
  address text not null,
  conversation text not null,
  sender text not null,
  message_id text not null,
  primary key (address, conversation, message_id, sender)
);

-- Up to which place they have cleared conversations.
create table companion.cleared_conversation (
  address text not null,
  conversation text not null,
  place bigint not null,
  primary key (address, conversation)
);

-- A text as search compares it: case, width and kind of white space make no difference.
-- The collation makes lower() know more than ASCII whatever the database was created with.
create function companion.folded(words text) returns text
  language sql immutable parallel safe
  return regexp_replace(
    replace(lower(normalize(words, NFKC) collate "und-x-icu"), 'ς', 'σ'), '\s+', ' ', 'g'
  );

-- The same with every character beyond ASCII as a word of its own. Trigrams are made of letters as
-- the database's locale knows them, and of three at a time: this way a single Chinese character is
-- found, in any locale.
create function companion.lettered(folded text) returns text
  language plpgsql immutable parallel safe as $$
declare
  spelled text;
begin
  if folded !~ '[^\x01-\x7f]' then
    return folded;
  end if;
  select string_agg(
    case when ascii(letter) < 128 then letter else 'x' || lpad(to_hex(ascii(letter)), 5, '0') end,
    '' order by place
  )
  into spelled
  from regexp_split_to_table(folded, '') with ordinality as letters (letter, place);
  return spelled;
end
$$;

create index message_words on companion.message
  using gin (owner, companion.lettered(words) gin_trgm_ops)
  where kind = 'message' and words is not null;

-- How ejabberd writes a text inside the options of a room: <<"alice">>, or numbers when a byte of
-- it is not printable in Latin-1. Quotation marks within are escaped, so nobody can write this form
-- into the title of a room.
create function companion.erlang_binary(value text) returns text
  language sql immutable parallel safe
  return (
    select case
      when value = '' then '<<>>'
      when bool_and(byte between 32 and 126 or byte >= 160)
      then '<<"' || replace(replace(value, '\', '\\'), '"', '\"') || '">>'
      else '<<' || string_agg(byte::text, ',' order by place) || '>>'
    end
    from (
      select place, get_byte(convert_to(value, 'UTF8'), place) as byte
      from generate_series(0, octet_length(convert_to(value, 'UTF8')) - 1) as place
    ) as bytes
  );

-- owner, admin, member, outcast, or null for who has none.
create function companion.affiliation(room_options text, address text) returns text
  language plpgsql immutable parallel safe as $$
declare
  entry text := '{{' || companion.erlang_binary(split_part(address, '@', 1)) || ','
    || companion.erlang_binary(split_part(address, '@', 2)) || ',<<>>},{';
  found integer := position(entry in room_options);
begin
  if found = 0 then
    return null;
  end if;
  return substring(substr(room_options, found + length(entry), 16) from '^[a-z]+');
end
$$;

-- A subscription alone is not enough: ejabberd keeps it when somebody loses the membership.
create function companion.is_member(room_options text, address text) returns boolean
  language sql immutable parallel safe
  return case coalesce(companion.affiliation(room_options, address), 'none')
    when 'outcast' then false
    when 'none' then position('{members_only,true}' in room_options) = 0
    else true
  end;
