-- Grain: one wallet that pays, is paid, sends or receives, numbered from 0 in the order in which it comes up: wallet_index.
-- Inputs: counted_usage, free_transfers. is_party: it pays or is paid for a counted usage; those come first.
-- A number does not depend on the name, so that what is drawn at random for a wallet is not changed by other names.
with sightings as (
  select c.payer as wallet, 2 * cast(c.usage_index as bigint) as place from counted_usage as c where c.payer is not null
  union all
  select c.payee as wallet, 2 * cast(c.usage_index as bigint) + 1 as place from counted_usage as c where c.payee is not null
  union all
  select t."from" as wallet, 1000000000000 + 2 * cast(t.free_index as bigint) as place from free_transfers as t
  union all
  select t."to" as wallet, 1000000000001 + 2 * cast(t.free_index as bigint) as place from free_transfers as t
),
firsts as (
  select s.wallet, min(s.place) as place
  from sightings as s
  group by s.wallet
)
select
  cast(row_number() over (order by f.place) - 1 as integer) as wallet_index,
  f.wallet,
  f.place < 1000000000000 as is_party
from firsts as f
