-- ejabberd keeps one node for each session: several browsers that were subscribed in one session have
-- it in common.

alter table companion.pushed drop constraint pushed_node_fkey;
alter table companion.push_subscription
  drop constraint push_subscription_pkey,
  add column id bigint generated always as identity primary key,
  -- the full address of the session that has enabled the node last; null: it is not known any more
  add column session text;
create index push_subscription_node on companion.push_subscription (node);

alter table companion.pushed
  add column subscription bigint references companion.push_subscription on delete cascade;
update companion.pushed set subscription = subscribed.id
  from companion.push_subscription as subscribed where subscribed.node = pushed.node;
alter table companion.pushed
  drop column node,
  add primary key (subscription);
