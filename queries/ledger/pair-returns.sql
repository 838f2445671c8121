-- Grain: one return, in any asset, with the number of its pair. Inputs: pair_transfers.
select
  cast(dense_rank() over (order by t.payer, t.payee) - 1 as integer) as pair_index,
  t.transfer_index
from pair_transfers as t
where t.is_later and not t.is_settlement
order by t.transfer_index
