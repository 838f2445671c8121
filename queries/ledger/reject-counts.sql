-- Grain: one (table, reason). Inputs: rejects.
select r.table_name, r.reason, count(*) as "rows"
from rejects as r
group by r.table_name, r.reason
order by r.table_name, r.reason
