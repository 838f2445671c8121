-- Grain: one status of usages in the window. Inputs: usage_standing.
select s.status, s.counted, count(*) as usages
from usage_standing as s
group by s.status, s.counted
order by s.status, s.counted
