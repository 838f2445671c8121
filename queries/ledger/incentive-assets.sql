-- Grain: one (chain, asset) in which a programme granted something or in which counted usage was paid. Inputs: incentive_grants,
-- counted_usage, assets. NULL: an asset that no record tells, and what is not known of one.
with named as (
  select g.chain, g.asset from incentive_grants as g
  union
  select c.chain, c.asset from counted_usage as c
)
select n.chain, n.asset, a.symbol, a.decimals, a.peg, coalesce(a.declared, false) as declared
from named as n
left join assets as a on a.chain = n.chain and a.asset = n.asset
order by n.chain nulls last, n.asset nulls last
