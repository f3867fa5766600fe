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
