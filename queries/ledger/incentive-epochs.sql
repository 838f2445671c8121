-- Grain: one epoch of one programme, in the order in which they ended. Inputs: incentive_grants, programmes.
-- NULL: first_at of a programme without windows; what no source says.
select
  g.protocol, g.programme, g.basis, p.counted, g.epoch, g.period,
  min(g.from_time) as first_at, max(g.granted_at) as last_at,
  count(*) as grants, count(*) - count(g.amount) as unknown, count(distinct g.recipient) as recipients
from incentive_grants as g
left join programmes as p on p.protocol = g.protocol and p.programme = g.programme
group by g.protocol, g.programme, g.basis, p.counted, g.epoch, g.period
order by g.protocol, g.programme, max(g.granted_at), g.epoch nulls first, g.period nulls first
