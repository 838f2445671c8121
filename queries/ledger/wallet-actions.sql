-- Grain: one act of one party of counted usage, wallet by wallet in order of time. Inputs: counted_usage, free_transfers, wallet_numbers.
-- action: 0 receives native currency, 1 receives a token, 2 sends native currency, 3 sends a token, 4 pays for a usage, 5 is paid.
with acts as (
  select t."to" as wallet, case when t.is_native then 0 else 1 end as action, t."timestamp" as acted_at, t.tx_hash, t.log_index
  from free_transfers as t
  union all
  select t."from" as wallet, case when t.is_native then 2 else 3 end, t."timestamp", t.tx_hash, t.log_index
  from free_transfers as t
  union all
  select c.payer as wallet, 4, c.paid_at, c.tx_hash, c.log_index
  from counted_usage as c where c.payer is not null
  union all
  select c.payee as wallet, 5, c.paid_at, c.tx_hash, c.log_index
  from counted_usage as c where c.payee is not null
)
select w.wallet_index, cast(a.action as integer) as action
from acts as a
join wallet_numbers as w on w.wallet = a.wallet and w.is_party
where a.acted_at is not null
order by w.wallet_index, a.acted_at, a.tx_hash, a.log_index, a.action
