-- Grain: one party of counted usage, in the order of its number. Inputs: counted_usage, wallet_numbers.
-- first_at: UTC ms of the first payment it made or received. is_payer: it paid for something.
with moves as (
  select c.payer as wallet, c.paid_at, 1 as paid from counted_usage as c where c.payer is not null
  union all
  select c.payee as wallet, c.paid_at, 0 as paid from counted_usage as c where c.payee is not null
)
select w.wallet_index, max(m.paid) as is_payer, min(m.paid_at) as first_at
from moves as m
join wallet_numbers as w on w.wallet = m.wallet
group by w.wallet_index
order by w.wallet_index
