-- Grain: one (payer, payee) of counted usages; wallets numbered from 0 in their own order. Inputs: counted_usage.
with parties as (
  select c.payer as wallet from counted_usage as c where c.payer is not null
  union
  select c.payee as wallet from counted_usage as c where c.payee is not null
),
numbered as (
  select p.wallet, row_number() over (order by p.wallet) - 1 as wallet_index
  from parties as p
)
select
  cast(a.wallet_index as integer) as payer_index,
  cast(b.wallet_index as integer) as payee_index,
  cast(count(*) as integer) as payments
from counted_usage as c
join numbered as a on a.wallet = c.payer
join numbered as b on b.wallet = c.payee
group by a.wallet_index, b.wallet_index
order by a.wallet_index, b.wallet_index
