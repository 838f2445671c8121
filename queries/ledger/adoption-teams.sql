-- Grain: one team of one protocol, by units and then by its name. Inputs: user_weeks, counted_usage, links.
-- Parameters: margin, as in adoption-weeks. A user of several teams counts in each.
-- member_weeks: weeks in which a member was active, summed over members; bare_weeks: those at the bare minimum.
with places as (
  select distinct c.protocol, c.chain
  from counted_usage as c
),
members as (
  select distinct p.protocol, k.object as team, k.subject as consumer
  from links as k
  join places as p on p.chain = k.chain
  where k.kind = 'member'
)
select
  m.protocol, m.team,
  count(distinct m.consumer) as members,
  count(distinct case when w.usages > 0 then m.consumer end) as users,
  count(case when w.usages > 0 then 1 end) as member_weeks,
  count(w.target) as aimed_weeks,
  count(case when w.units >= w.target and w.units - w.target <= cast(w.target as hugeint) // $margin then 1 end) as bare_weeks,
  sum(w.units_high) as units_high,
  sum(w.units_low) as units_low
from members as m
left join user_weeks as w on w.protocol = m.protocol and w.consumer = m.consumer
group by m.protocol, m.team
order by m.protocol,
  coalesce(sum(w.units_high) + sum(w.units_low) // 1000000000000000000, -1) desc,
  coalesce(sum(w.units_low) % 1000000000000000000, -1) desc, m.team
