-- Grain: one reward to a wallet that pays, is paid, sends or receives. Inputs: rewards, wallet_numbers, economy_assets.
-- asset_index is −1 where the asset moved nowhere else. Amounts to the base 10^13; amount_a is −1 where the amount is not known.
select
  w.wallet_index,
  cast(coalesce(e.asset_index, -1) as integer) as asset_index,
  r."timestamp" as rewarded_at,
  cast(coalesce(cast(r.amount as hugeint) // 100000000000000000000000000, -1) as bigint) as amount_a,
  cast(coalesce(cast(r.amount as hugeint) // 10000000000000 % 10000000000000, 0) as bigint) as amount_b,
  cast(coalesce(cast(r.amount as hugeint) % 10000000000000, 0) as bigint) as amount_c
from rewards as r
join wallet_numbers as w on w.wallet = r.recipient
left join economy_assets as e on e.chain = r.chain and e.asset is not distinct from r.asset
order by r.chain, r.tx_hash, r.log_index, r.sub_index
