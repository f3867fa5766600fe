-- Key-value state of rooms.
create table companion.room_entry (
  room text not null,
  key text not null,
  value text not null,
  owner text not null,
  is_removed_on_leave boolean not null,
  set_at timestamptz not null default now(),
  primary key (room, key)
);
create index room_entry_owner on companion.room_entry (owner, room);

-- Sessions of users that are in a room just now, or, with no room, anywhere. Kept, so that those who leave while no companion
-- runs are found out by the next one.
create table companion.room_session (
  room text not null,
  session text not null,
  address text not null,
  primary key (room, session)
);
create index room_session_session on companion.room_session (session);
