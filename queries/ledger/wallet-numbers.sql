-- Grain: one wallet that pays, is paid, sends or receives, numbered from 0 in the order of its name: wallet_index.
-- Inputs: counted_usage, free_transfers. is_party: it pays or is paid for a counted usage.
with parties as (
  select c.payer as wallet from counted_usage as c where c.payer is not null
  union
  select c.payee as wallet from counted_usage as c where c.payee is not null
),
everybody as (
  select p.wallet from parties as p
  union
  select t."from" as wallet from free_transfers as t
  union
  select t."to" as wallet from free_transfers as t
)
select
  cast(row_number() over (order by e.wallet) - 1 as integer) as wallet_index,
  e.wallet,
  p.wallet is not null as is_party
from everybody as e
left join parties as p on p.wallet = e.wallet
