-- Grain: one transfer that settles no usage, in the order of free_index, that of time. Inputs: free_transfers, wallet_numbers, economy_assets.
-- −1: a time that is not known. Amounts to the base 10^13; amount_a is −1 where the amount is not known.
select
  a.wallet_index as from_index,
  b.wallet_index as to_index,
  e.asset_index,
  cast(t.is_native as integer) as is_native,
  coalesce(t."timestamp", -1) as moved_at,
  cast(coalesce(cast(t.amount as hugeint) // 100000000000000000000000000, -1) as bigint) as amount_a,
  cast(coalesce(cast(t.amount as hugeint) // 10000000000000 % 10000000000000, 0) as bigint) as amount_b,
  cast(coalesce(cast(t.amount as hugeint) % 10000000000000, 0) as bigint) as amount_c
from free_transfers as t
join wallet_numbers as a on a.wallet = t."from"
join wallet_numbers as b on b.wallet = t."to"
join economy_assets as e on e.chain = t.chain and e.asset is not distinct from t.asset
order by t.free_index
