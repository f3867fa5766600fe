-- The module that keeps when users came into groups keeps when they went out, too, in a table of another
-- name. Who asks is in.

create or replace function companion.came_in(group_address text, address text) returns bigint
  language plpgsql stable as $$
begin
  if to_regclass('imkit_stay') is null then
    return null;
  end if;
  return (select stay.came_in from imkit_stay as stay where room = group_address and jid = address);
end
$$;
