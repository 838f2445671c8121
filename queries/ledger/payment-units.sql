-- Grain: one counted usage, in the order of usage_index. Inputs: counted_usage.
-- protocol_index: from 0 in the order of audited-protocols. units −1: not known, or 10^15 and more.
with protocols_of as (
  select p.protocol, row_number() over (order by p.protocol) - 1 as protocol_index
  from (select distinct c.protocol from counted_usage as c) as p
)
select
  cast(p.protocol_index as integer) as protocol_index,
  cast(case when c.units is null or c.units >= 1000000000000000 then -1 else c.units end as bigint) as units
from counted_usage as c
join protocols_of as p on p.protocol = c.protocol
order by c.usage_index
