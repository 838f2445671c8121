-- Grain: one counted usage, in the order of usage_index. Inputs: counted_usage.
-- What platforms, evaluators and providers took of it or beside it, to the base 10^13; amount_a is −1 where that is not known.
select
  cast(coalesce(cast(c.fees as hugeint) // 100000000000000000000000000, -1) as bigint) as amount_a,
  cast(coalesce(cast(c.fees as hugeint) // 10000000000000 % 10000000000000, 0) as bigint) as amount_b,
  cast(coalesce(cast(c.fees as hugeint) % 10000000000000, 0) as bigint) as amount_c
from counted_usage as c
order by c.usage_index
