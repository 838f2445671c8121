-- Grain: one counted usage, in the order of usage_index. Inputs: incentive_grants, counted_usage, usage.
-- asset_index: number from 0 in the order of incentive-assets. Amounts to the base 10^13; gross_a and fees_a are −1 where the
-- amount is not known: most networks log no fee where they take none.
with named as (
  select g.chain, g.asset from incentive_grants as g
  union
  select c.chain, c.asset from counted_usage as c
),
assets_of as (
  select n.chain, n.asset, row_number() over (order by n.chain nulls last, n.asset nulls last) - 1 as asset_index
  from named as n
)
select
  cast(a.asset_index as integer) as asset_index,
  cast(coalesce(cast(c.gross as hugeint) // 100000000000000000000000000, -1) as bigint) as gross_a,
  cast(coalesce(cast(c.gross as hugeint) // 10000000000000 % 10000000000000, 0) as bigint) as gross_b,
  cast(coalesce(cast(c.gross as hugeint) % 10000000000000, 0) as bigint) as gross_c,
  cast(coalesce(cast(u.fees as hugeint) // 100000000000000000000000000, -1) as bigint) as fees_a,
  cast(coalesce(cast(u.fees as hugeint) // 10000000000000 % 10000000000000, 0) as bigint) as fees_b,
  cast(coalesce(cast(u.fees as hugeint) % 10000000000000, 0) as bigint) as fees_c
from counted_usage as c
join "usage" as u on u.protocol = c.protocol and u.chain = c.chain and u.usage_id = c.usage_id
join assets_of as a on a.chain is not distinct from c.chain and a.asset is not distinct from c.asset
order by c.usage_index
