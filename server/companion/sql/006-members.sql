-- Who is in a room. One of members only takes its subscribers for members, as ejabberd does since
-- 23.10: imkit's groups give most of them no affiliation besides.

drop function companion.is_member(text, text);

create function companion.is_member(room_options text, address text, is_subscriber boolean)
  returns boolean language sql immutable parallel safe
  return case coalesce(companion.affiliation(room_options, address), 'none')
    when 'outcast' then false
    when 'none' then is_subscriber or position('{members_only,true}' in room_options) = 0
    else true
  end;
