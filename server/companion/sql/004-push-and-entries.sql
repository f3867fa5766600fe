-- Where a user's browsers are pushed to. The node is what ejabberd names when it has something.
create table companion.push_subscription (
  node text primary key,
  address text not null,
  endpoint text not null,
  p256dh text not null,
  auth text not null,
  created_at timestamptz not null default now(),
  unique (address, endpoint)
);

-- How far a browser has been told. A message is pushed once.
create table companion.pushed (
  node text primary key references companion.push_subscription on delete cascade,
  place bigint not null
);

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

-- Sessions of users that are in a room just now. Kept, so that those who leave while no companion
-- runs are found out by the next one.
create table companion.room_session (
  room text not null,
  session text not null,
  address text not null,
  primary key (room, session)
);
create index room_session_session on companion.room_session (session);
