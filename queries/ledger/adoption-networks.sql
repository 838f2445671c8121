-- Grain: one protocol whose users are known beside their use: some of its consumers have a team or a weekly target.
-- Inputs: user_weeks, counted_usage, links. population: consumers, members of teams, and who has a target.
with places as (
  select distinct c.protocol, c.chain
  from counted_usage as c
),
members as (
  select distinct p.protocol, k.subject as consumer
  from links as k
  join places as p on p.chain = k.chain
  where k.kind = 'member'
),
people as (
  select w.protocol, w.consumer from user_weeks as w
  union
  select m.protocol, m.consumer from members as m
),
known as (
  select w.protocol from user_weeks as w where w.target is not null
  union
  select w.protocol
  from user_weeks as w
  join members as m on m.protocol = w.protocol and m.consumer = w.consumer
),
kinds as (
  select c.protocol, count(distinct c.unit_kind) as unit_kinds, min(c.unit_kind) as unit_kind,
    min(c.counted_at) as first_at, max(c.counted_at) as last_at
  from counted_usage as c
  group by c.protocol
)
select n.protocol, k.unit_kinds, k.unit_kind, k.first_at, k.last_at, count(distinct n.consumer) as population
from people as n
join known as o on o.protocol = n.protocol
join kinds as k on k.protocol = n.protocol
group by n.protocol, k.unit_kinds, k.unit_kind, k.first_at, k.last_at
order by n.protocol
