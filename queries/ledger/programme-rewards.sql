-- Grain: one reward under a programme to or for a party of counted usage, programme by programme in order of time.
-- Inputs: rewards, wallet_numbers, economy_assets.
-- The recipient where it is a party, else the subject. asset_index is −1 where the asset moved nowhere else. Amounts to the
-- base 10^13; amount_a is −1 where the amount is not known.
with programmes_of as (
  select p.protocol, p.programme, row_number() over (order by p.protocol, p.programme) - 1 as programme_index
  from (select distinct r.protocol, r.programme from rewards as r) as p
)
select
  cast(p.programme_index as integer) as programme_index,
  w.wallet_index,
  cast(coalesce(e.asset_index, -1) as integer) as asset_index,
  r."timestamp" as rewarded_at,
  cast(coalesce(cast(r.amount as hugeint) // 100000000000000000000000000, -1) as bigint) as amount_a,
  cast(coalesce(cast(r.amount as hugeint) // 10000000000000 % 10000000000000, 0) as bigint) as amount_b,
  cast(coalesce(cast(r.amount as hugeint) % 10000000000000, 0) as bigint) as amount_c
from rewards as r
join programmes_of as p on p.protocol = r.protocol and p.programme = r.programme
left join wallet_numbers as a on a.wallet = r.recipient and a.is_party
join wallet_numbers as w on w.wallet = coalesce(a.wallet, r.subject) and w.is_party
left join economy_assets as e on e.chain = r.chain and e.asset is not distinct from r.asset
order by p.programme_index, r."timestamp", r.chain, r.tx_hash, r.log_index, r.sub_index
