-- Grain: one status of usages in the window. Inputs: usage_standing.
select s.status, s.is_counted as counted, count(*) as usages
from usage_standing as s
where s.in_window
group by s.status, s.is_counted
order by s.status, s.is_counted
