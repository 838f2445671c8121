-- Grain: one counted usage whose payer is its payee, or whose parties one owner holds.
-- Inputs: counted_usage. wallet_index numbers the payers from 0 in the order of self_wallets.
select
  c.usage_index,
  cast(dense_rank() over (order by coalesce(c.payer, c.consumer)) - 1 as integer) as wallet_index
from counted_usage as c
where c.is_self
order by c.usage_index
