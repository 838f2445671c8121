-- Grain: one (mask, chain, asset) of counted usage. Inputs: counted_usage, payment_masks (usage_index, mask).
-- Sums as halves of base 10^18. NULL: an asset that no record tells.
select
  m.mask, c.chain, c.asset,
  count(*) as usages,
  coalesce(sum(cast(c.gross as hugeint) // 1000000000000000000), 0) as high,
  coalesce(sum(cast(c.gross as hugeint) % 1000000000000000000), 0) as low,
  coalesce(sum(cast(c.units as hugeint) // 1000000000000000000), 0) as units_high,
  coalesce(sum(cast(c.units as hugeint) % 1000000000000000000), 0) as units_low
from counted_usage as c
join payment_masks as m on m.usage_index = c.usage_index
group by m.mask, c.chain, c.asset
order by m.mask, c.chain, c.asset nulls last
