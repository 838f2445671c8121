-- Grain: one programme or subject that has a window, each kind numbered from 0: kind, name_index. Inputs: windows.
-- Parameters: from_time, to_time as in programme-windows.
with chosen as (
  select w.*
  from windows as w
  where ($from_time is null or w.from_time >= $from_time) and ($to_time is null or w.from_time < $to_time)
),
named as (
  select distinct 'programme' as kind, c.protocol, c.programme as name from chosen as c
  union all
  select distinct 'subject' as kind, null as protocol, c.subject as name from chosen as c
)
select n.kind, n.protocol, n.name
from named as n
order by n.kind, n.protocol nulls first, n.name
