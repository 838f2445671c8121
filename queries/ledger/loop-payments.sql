-- Grain: one payment that may stand in a closed loop, in the order of place. Inputs: counted_usage, loop_payments (place, usage_index).
-- Amounts to the base 10^13.
select
  cast(c.is_self as integer) as is_self,
  cast(cast(c.gross as hugeint) // 100000000000000000000000000 as bigint) as amount_a,
  cast(cast(c.gross as hugeint) // 10000000000000 % 10000000000000 as bigint) as amount_b,
  cast(cast(c.gross as hugeint) % 10000000000000 as bigint) as amount_c
from loop_payments as p
join counted_usage as c on c.usage_index = p.usage_index
order by p.place
