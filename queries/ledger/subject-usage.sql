-- Grain: one usage of one subject of programme windows, on one side, subject by subject in order of time. Inputs: windows, usage, counted_usage, links.
-- Parameters: from_time, to_time as in programme-windows, whose subject numbers these are.
-- side: 0 it asked (at the time of the request), 1 it delivered. A subject that is no party itself stands for what it owns.
-- protocol_index: from 0 in the order of the protocols of windows. units −1: not known, or 10^15 and more. usage_index −1: not counted.
with chosen as (
  select distinct w.protocol, w.subject
  from windows as w
  where ($from_time is null or w.from_time >= $from_time) and ($to_time is null or w.from_time < $to_time)
),
subjects_of as (
  select s.subject, row_number() over (order by s.subject) - 1 as subject_index
  from (select distinct c.subject from chosen as c) as s
),
protocols_of as (
  select p.protocol, row_number() over (order by p.protocol) - 1 as protocol_index
  from (select distinct c.protocol from chosen as c) as p
),
acts as (
  select u.protocol, u.chain, u.usage_id, u.consumer as account, 0 as side, u.units,
    coalesce(u.requested_at, u.settled_at, u.paid_at) as used_at
  from "usage" as u
  where u.consumer is not null
  union all
  select u.protocol, u.chain, u.usage_id, u.provider, 1, u.units, u.settled_at
  from "usage" as u
  where u.provider is not null and u.settled_at is not null
),
parties_of as (
  select distinct a.account from acts as a
),
accounts as (
  select s.subject, s.subject_index, s.subject as account
  from subjects_of as s
  union
  select s.subject, s.subject_index, k.subject
  from subjects_of as s
  join links as k on k.object = s.subject and k.kind = 'owner'
  left join parties_of as p on p.account = s.subject
  where p.account is null
)
select
  cast(o.subject_index as integer) as subject_index,
  cast(p.protocol_index as integer) as protocol_index,
  cast(a.side as integer) as side,
  a.used_at,
  cast(case when a.units is null or a.units >= 1000000000000000 then -1 else a.units end as bigint) as units,
  coalesce(n.usage_index, -1) as usage_index
from acts as a
join accounts as o on o.account = a.account
join chosen as c on c.protocol = a.protocol and c.subject = o.subject
join protocols_of as p on p.protocol = a.protocol
left join counted_usage as n on n.protocol = a.protocol and n.chain = a.chain and n.usage_id = a.usage_id
where a.used_at is not null
order by o.subject_index, a.used_at, p.protocol_index, a.side, a.chain, a.usage_id
