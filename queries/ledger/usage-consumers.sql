-- Grain: one counted usage, in the order of usage_index. Inputs: counted_usage.
-- consumer_index is −1 where the consumer is not known; units to the base 10^13 (0 where not known).
select
  cast(case when c.consumer is null then -1 else dense_rank() over (order by c.consumer nulls first) end as integer) as consumer_index,
  cast(coalesce(cast(c.units as hugeint) // 100000000000000000000000000, 0) as bigint) as units_a,
  cast(coalesce(cast(c.units as hugeint) // 10000000000000 % 10000000000000, 0) as bigint) as units_b,
  cast(coalesce(cast(c.units as hugeint) % 10000000000000, 0) as bigint) as units_c
from counted_usage as c
order by c.usage_index
