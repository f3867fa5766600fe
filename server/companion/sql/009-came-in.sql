-- When users came into groups, by the word of the server: a module of ours for ejabberd keeps it
-- (server/ejabberd-modules/mod_imkit_entries.erl). Null: there is no such module, or nothing known.

create function companion.came_in(group_address text, address text) returns bigint
  language plpgsql stable as $$
begin
  if to_regclass('imkit_entry') is null then
    return null;
  end if;
  return (select place from imkit_entry where room = group_address and jid = address);
end
$$;
