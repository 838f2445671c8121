-- Grain: one transfer that may stand in a closed loop, in the order of place.
-- Inputs: free_transfers, pair_transfers, loop_transfers (place, free_index).
-- transfer_index: its number where it is a direct return as well; −1: it is none. Amounts to the base 10^13.
select
  cast(coalesce(b.transfer_index, -1) as integer) as transfer_index,
  cast(cast(t.amount as hugeint) // 100000000000000000000000000 as bigint) as amount_a,
  cast(cast(t.amount as hugeint) // 10000000000000 % 10000000000000 as bigint) as amount_b,
  cast(cast(t.amount as hugeint) % 10000000000000 as bigint) as amount_c
from loop_transfers as p
join free_transfers as t on t.free_index = p.free_index
left join pair_transfers as b
  on b.chain = t.chain and b.tx_hash = t.tx_hash and b.log_index = t.log_index and b.trace_path = t.trace_path
order by p.place
