-- Grain: one grant, in the order of incentive_grants. Inputs: incentive_grants, counted_usage, wallet_numbers.
-- epoch_index and asset_index: numbers from 0 in the order of incentive-epochs and incentive-assets; wallet_index −1: no party.
-- Amounts to the base 10^13; amount_a is −1 where the amount is not known.
with epochs_of as (
  select
    g.protocol, g.programme, g.epoch, g.period,
    row_number() over (
      order by g.protocol, g.programme, max(g.granted_at), g.epoch nulls first, g.period nulls first
    ) - 1 as epoch_index
  from incentive_grants as g
  group by g.protocol, g.programme, g.epoch, g.period
),
named as (
  select g.chain, g.asset from incentive_grants as g
  union
  select c.chain, c.asset from counted_usage as c
),
assets_of as (
  select n.chain, n.asset, row_number() over (order by n.chain nulls last, n.asset nulls last) - 1 as asset_index
  from named as n
)
select
  cast(e.epoch_index as integer) as epoch_index,
  cast(a.asset_index as integer) as asset_index,
  cast(coalesce(w.wallet_index, -1) as integer) as wallet_index,
  cast(coalesce(cast(g.amount as hugeint) // 100000000000000000000000000, -1) as bigint) as amount_a,
  cast(coalesce(cast(g.amount as hugeint) // 10000000000000 % 10000000000000, 0) as bigint) as amount_b,
  cast(coalesce(cast(g.amount as hugeint) % 10000000000000, 0) as bigint) as amount_c
from incentive_grants as g
join epochs_of as e on e.protocol = g.protocol and e.programme = g.programme
  and e.epoch is not distinct from g.epoch and e.period is not distinct from g.period
join assets_of as a on a.chain is not distinct from g.chain and a.asset is not distinct from g.asset
left join wallet_numbers as w on w.wallet = g.wallet
order by g.protocol, g.programme, g.granted_at, g.recipient, g.subject, g.chain nulls last, g.tx_hash, g.log_index, g.sub_index
