-- Grain: one consumer in one week (protocol, consumer, week) with a counted usage or a target of the week.
-- Inputs: counted_usage, windows, links. Parameters: from_time, to_time (UTC ms, half-open; NULL: no bound).
-- week is the UTC ms of its Monday 00:00. Targets are those of consumers and of members of a team on their chain.
-- NULL: units where no usage says how many or they are 10^38 or more; target where none is known.
with used as (
  select
    c.protocol, c.consumer, c.counted_at - (c.counted_at - 345600000) % 604800000 as week,
    count(*) as usages,
    sum(cast(c.units as hugeint) // 1000000000000000000) as units_high,
    sum(cast(c.units as hugeint) % 1000000000000000000) as units_low
  from counted_usage as c
  where c.consumer is not null
  group by 1, 2, 3
),
places as (
  select distinct c.protocol, c.chain
  from counted_usage as c
),
people as (
  select u.protocol, u.consumer from used as u
  union
  select p.protocol, k.subject
  from links as k
  join places as p on p.chain = k.chain
  where k.kind = 'member'
),
aimed as (
  select w.protocol, w.subject as consumer, w.from_time as week, max(w.target) as target
  from windows as w
  join people as p on p.protocol = w.protocol and p.consumer = w.subject
  where w.target > 0 and w.to_time - w.from_time = 604800000 and (w.from_time - 345600000) % 604800000 = 0
    and ($from_time is null or w.from_time >= $from_time) and ($to_time is null or w.from_time < $to_time)
  group by w.protocol, w.subject, w.from_time
)
select
  coalesce(u.protocol, a.protocol) as protocol,
  coalesce(u.consumer, a.consumer) as consumer,
  coalesce(u.week, a.week) as week,
  coalesce(u.usages, 0) as usages,
  u.units_high,
  u.units_low,
  case when u.units_high + u.units_low // 1000000000000000000 < 100000000000000000000
    then cast(u.units_high * 1000000000000000000 + u.units_low as decimal(38,0)) end as units,
  a.target
from used as u
full join aimed as a on a.protocol = u.protocol and a.consumer = u.consumer and a.week = u.week
